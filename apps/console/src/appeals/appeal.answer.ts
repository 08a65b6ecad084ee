import { ApiSchema } from '@nestjs/swagger'
import type { AppealKind } from '#after-sale'
import { APPEAL_KINDS, APPEAL_STAGES, ITEM_RESULTS } from '#after-sale'
import { FenField, InstantField, ObjectListField, ObjectField, EnumField, TextField } from '../openapi/field-decorators'
import { TermAnswer } from '../openapi/term.answer'

@ApiSchema({ name: 'AppealItem' })
export class AppealItemAnswer {
  @EnumField(APPEAL_KINDS, 'AppealKind')
  kind: AppealKind

  @FenField({ nullable: true })
  claimedFen: number | null

  @EnumField(ITEM_RESULTS, 'AppealItemResult')
  result: string

  @FenField({ nullable: true })
  recoveredFen: number | null

  @InstantField({ nullable: true })
  decidedAt: string | null
}

@ApiSchema({ name: 'Appeal' })
export class AppealAnswer {
  @TextField({ description: 'The id of the action that filed it.' })
  appeal: string

  @InstantField()
  filedAt: string

  @EnumField(APPEAL_STAGES, 'AppealStage')
  stage: string

  @ObjectField(() => TermAnswer)
  stageText: TermAnswer

  @ObjectListField(() => AppealItemAnswer)
  items: AppealItemAnswer[]
}

export class AppealsOfCase {
  @ObjectListField(() => AppealAnswer)
  items: AppealAnswer[]
}
