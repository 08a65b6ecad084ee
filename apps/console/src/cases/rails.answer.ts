import { ApiSchema } from '@nestjs/swagger'
import type { DisputeStage, GoodsStage, MoneyStage, Payer } from '#after-sale'
import { DISPUTE_STAGES, GOODS_STAGES, MONEY_STAGES, PAYERS } from '#after-sale'
import { InstantField, ObjectListField, ObjectField, EnumField, TextField } from '../openapi/field-decorators'

const REACHED = 'Every stage that the case is known to have reached, earliest first.'

export class GoodsStageReached {
  @EnumField(GOODS_STAGES, 'GoodsStage')
  stage: GoodsStage

  @InstantField()
  at: string
}

export class MoneyStageReached {
  @EnumField(MONEY_STAGES, 'MoneyStage')
  stage: MoneyStage

  @InstantField()
  at: string
}

export class DisputeStageReached {
  @EnumField(DISPUTE_STAGES, 'DisputeStage')
  stage: DisputeStage

  @InstantField()
  at: string
}

@ApiSchema({ name: 'GoodsRail' })
export class GoodsRailAnswer {
  @EnumField(GOODS_STAGES, 'GoodsStage', { nullable: true })
  stage: GoodsStage | null

  @InstantField({ nullable: true })
  since: string | null

  @ObjectListField(() => GoodsStageReached, { description: REACHED })
  reached: GoodsStageReached[]
}

@ApiSchema({ name: 'MoneyRail' })
export class MoneyRailAnswer {
  @EnumField(MONEY_STAGES, 'MoneyStage', { nullable: true })
  stage: MoneyStage | null

  @InstantField({ nullable: true })
  since: string | null

  @EnumField(PAYERS, 'Payer', { nullable: true, description: 'Whose money it is.' })
  payer: Payer | null

  @ObjectListField(() => MoneyStageReached, { description: REACHED })
  reached: MoneyStageReached[]
}

@ApiSchema({ name: 'DisputeRail' })
export class DisputeRailAnswer {
  @EnumField(DISPUTE_STAGES, 'DisputeStage', { nullable: true })
  stage: DisputeStage | null

  @InstantField({ nullable: true })
  since: string | null

  @TextField({ nullable: true, description: 'The platform’s number of the dispute.' })
  id: string | null

  @ObjectListField(() => DisputeStageReached, { description: REACHED })
  reached: DisputeStageReached[]
}

@ApiSchema({ description: 'Goods, money and dispute move independently of each other.' })
export class Rails {
  @ObjectField(() => GoodsRailAnswer)
  goods: GoodsRailAnswer

  @ObjectField(() => MoneyRailAnswer)
  money: MoneyRailAnswer

  @ObjectField(() => DisputeRailAnswer)
  dispute: DisputeRailAnswer
}
