import { ApiSchema } from '@nestjs/swagger'
import type { DisputeStage, GoodsStage, MoneyStage, Payer } from '#after-sale'
import { DISPUTE_STAGES, GOODS_STAGES, MONEY_STAGES, PAYERS } from '#after-sale'
import { InstantField, Many, One, OneOf, Text } from '../openapi/fields'

const REACHED = 'Every stage that the case is known to have reached, earliest first.'

export class GoodsStageReached {
  @OneOf(GOODS_STAGES, 'GoodsStage')
  stage: GoodsStage

  @InstantField()
  at: string
}

export class MoneyStageReached {
  @OneOf(MONEY_STAGES, 'MoneyStage')
  stage: MoneyStage

  @InstantField()
  at: string
}

export class DisputeStageReached {
  @OneOf(DISPUTE_STAGES, 'DisputeStage')
  stage: DisputeStage

  @InstantField()
  at: string
}

@ApiSchema({ name: 'GoodsRail' })
export class GoodsRailAnswer {
  @OneOf(GOODS_STAGES, 'GoodsStage', { nullable: true })
  stage: GoodsStage | null

  @InstantField({ nullable: true })
  since: string | null

  @Many(() => GoodsStageReached, { description: REACHED })
  reached: GoodsStageReached[]
}

@ApiSchema({ name: 'MoneyRail' })
export class MoneyRailAnswer {
  @OneOf(MONEY_STAGES, 'MoneyStage', { nullable: true })
  stage: MoneyStage | null

  @InstantField({ nullable: true })
  since: string | null

  @OneOf(PAYERS, 'Payer', { nullable: true, description: 'Whose money it is.' })
  payer: Payer | null

  @Many(() => MoneyStageReached, { description: REACHED })
  reached: MoneyStageReached[]
}

@ApiSchema({ name: 'DisputeRail' })
export class DisputeRailAnswer {
  @OneOf(DISPUTE_STAGES, 'DisputeStage', { nullable: true })
  stage: DisputeStage | null

  @InstantField({ nullable: true })
  since: string | null

  @Text({ nullable: true, description: 'The platform’s number of the dispute.' })
  id: string | null

  @Many(() => DisputeStageReached, { description: REACHED })
  reached: DisputeStageReached[]
}

@ApiSchema({ description: 'Goods, money and dispute move independently of each other.' })
export class Rails {
  @One(() => GoodsRailAnswer)
  goods: GoodsRailAnswer

  @One(() => MoneyRailAnswer)
  money: MoneyRailAnswer

  @One(() => DisputeRailAnswer)
  dispute: DisputeRailAnswer
}
