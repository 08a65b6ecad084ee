import { ApiSchema } from '@nestjs/swagger'
import type { AppealKind } from '#after-sale'
import { APPEAL_KINDS, APPEAL_STAGES, ITEM_RESULTS } from '#after-sale'
import { Fen, InstantField, Many, One, OneOf, Text } from '../openapi/fields'
import { TermAnswer } from '../openapi/term.answer'

@ApiSchema({ name: 'AppealItem' })
export class AppealItemAnswer {
  @OneOf(APPEAL_KINDS, 'AppealKind')
  kind: AppealKind

  @Fen({ nullable: true })
  claimedFen: number | null

  @OneOf(ITEM_RESULTS, 'AppealItemResult')
  result: string

  @Fen({ nullable: true })
  recoveredFen: number | null

  @InstantField({ nullable: true })
  decidedAt: string | null
}

@ApiSchema({ name: 'Appeal' })
export class AppealAnswer {
  @Text({ description: 'The id of the action that filed it.' })
  appeal: string

  @InstantField()
  filedAt: string

  @OneOf(APPEAL_STAGES, 'AppealStage')
  stage: string

  @One(() => TermAnswer)
  stageText: TermAnswer

  @Many(() => AppealItemAnswer)
  items: AppealItemAnswer[]
}

export class AppealsOfCase {
  @Many(() => AppealAnswer)
  items: AppealAnswer[]
}
