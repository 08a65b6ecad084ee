import { ApiSchema } from '@nestjs/swagger'
import type { ActionName, ActionWarning } from '#after-sale'
import { ACTIONS, ACTION_WARNINGS } from '#after-sale'
import type { BatchOutcome } from '#read-models'
import { BATCH_OUTCOMES } from '#read-models'
import { StoreNameAnswer } from '../core/store-name.answer'
import {
  CountField,
  EnumField,
  FenField,
  FlagField,
  InstantField,
  ObjectField,
  ObjectListField,
  TextField,
  UuidField,
} from '../openapi/field-decorators'
import { TermAnswer } from '../openapi/term.answer'

const STATES = ['frozen', 'expired', 'running', 'recalling', 'ended'] as const
export type BatchStateAnswer = (typeof STATES)[number]

@ApiSchema({ description: 'Cases of a batch with the same outcome, and the same reason for it.' })
export class BatchOutcomeGroup {
  @EnumField(BATCH_OUTCOMES, 'BatchOutcome')
  outcome: BatchOutcome

  @TextField({ nullable: true, description: 'Why it was refused: a reason of ours, or the marketplace’s code.' })
  reason: string | null

  @ObjectField(() => TermAnswer, { nullable: true, description: 'A reason of ours in words.' })
  reasonText: TermAnswer | null

  @TextField({ nullable: true, description: 'The trade rule behind it.' })
  rule: string | null

  @CountField()
  cases: number

  @FenField()
  totalFen: number
}

export class BatchWarning {
  @EnumField(ACTION_WARNINGS, 'ActionWarning')
  warning: ActionWarning

  @CountField()
  cases: number
}

/** What lists and the page of one batch show alike. */
export class BatchSummary {
  @UuidField()
  id: string

  @EnumField(ACTIONS, 'ActionName')
  action: ActionName

  @EnumField(STATES, 'BatchState', { description: '`expired`: it was not started in time.' })
  state: BatchStateAnswer

  @InstantField()
  createdAt: string

  @TextField()
  createdBy: string

  @FlagField({ description: 'Whether it is the caller’s own.' })
  own: boolean

  @InstantField({ nullable: true })
  startedAt: string | null

  @InstantField({ nullable: true })
  recalledAt: string | null

  @InstantField({ nullable: true })
  endedAt: string | null

  @CountField()
  cases: number

  @FenField({ description: 'What the cases that are not refused cost at most, fen; without unknown amounts.' })
  totalFen: number
}

@ApiSchema({ name: 'Batch' })
export class BatchAnswer extends BatchSummary {
  @InstantField({ description: 'Until when it may be started.' })
  expiresAt: string

  @CountField({ description: 'How many of the cases asked for are not there, or not for the caller.' })
  missing: number

  @CountField({ description: 'How many are to be sent.' })
  toSend: number

  @CountField({ description: 'How many of those that are not refused cost an unknown amount.' })
  unknownAmounts: number

  @CountField({ description: 'How many of those that are not refused a person must do in the back office.' })
  byHand: number

  @FlagField({ description: 'Whether starting it needs password or code of the last five minutes.' })
  needsProof: boolean

  @ObjectListField(() => BatchOutcomeGroup)
  outcomes: BatchOutcomeGroup[]

  @ObjectListField(() => BatchWarning, { description: 'To be read before it is started.' })
  warnings: BatchWarning[]

  @UuidField({ nullable: true, description: 'The batch whose failures are tried again.' })
  retryOf: string | null

  @TextField({ nullable: true })
  recalledBy: string | null

  @CountField({
    description:
      'How long each action that costs money waits after it was requested, and can be called back: each has a window of its own, ' +
      'so the first ones may have left while the last ones wait. 0 before the start.',
  })
  undoSeconds: number

  @FlagField({ description: 'Whether the caller may call back what has not left, or give it up.' })
  canRecall: boolean

  @FlagField({ description: 'Whether the caller may try again what has failed.' })
  canRetry: boolean
}

export class ListedBatchAnswer extends BatchSummary {
  @CountField({ description: 'Not requested yet.' })
  waiting: number

  @CountField({ description: 'Requested; the batch says what became of it.' })
  taken: number

  @CountField({ description: 'Refused by us.' })
  refused: number

  @CountField()
  recalled: number
}

export class BatchPage {
  @ObjectListField(() => ListedBatchAnswer)
  items: ListedBatchAnswer[]

  @TextField({ nullable: true, description: '`cursor` of the next page; null: this is the last one.' })
  next: string | null
}

export class BatchItemAnswer {
  @CountField()
  n: number

  @UuidField()
  caseId: string

  @TextField({ nullable: true })
  caseNumber: string | null

  @TextField({ nullable: true })
  marketplace: string | null

  @ObjectField(() => StoreNameAnswer)
  store: StoreNameAnswer

  @FenField({ nullable: true, description: 'What it costs at most, fen; null: unknown.' })
  amountFen: number | null

  @FlagField({ description: 'A person does it in the back office.' })
  byHand: boolean

  @EnumField(BATCH_OUTCOMES, 'BatchOutcome')
  outcome: BatchOutcome

  @TextField({ nullable: true, description: 'Why it was refused: a reason of ours, or the marketplace’s code.' })
  reason: string | null

  @ObjectField(() => TermAnswer, { nullable: true })
  reasonText: TermAnswer | null

  @TextField({ nullable: true })
  rule: string | null

  @EnumField(ACTION_WARNINGS, 'ActionWarning', { isArray: true })
  warnings: ActionWarning[]

  @TextField({ nullable: true, description: 'What the marketplace said; phone numbers masked.' })
  text: string | null
}

export class BatchItemPage {
  @ObjectListField(() => BatchItemAnswer)
  items: BatchItemAnswer[]

  @CountField({ nullable: true, description: '`cursor` of the next page; null: this is the last one.' })
  next: number | null
}

export class BatchOption {
  @EnumField(ACTIONS, 'ActionName')
  name: ActionName

  @CountField({ description: 'How many of the cases allow it now; the rules judge it with its parameters.' })
  cases: number
}

@ApiSchema({ description: 'What can be done with a selection of cases.' })
export class BatchOptions {
  @CountField()
  cases: number

  @FenField({ description: 'Fen at risk, of all of them together.' })
  riskFen: number

  @ObjectListField(() => BatchOption, {
    description: 'Actions that at least one of the cases allows, most cases first.',
  })
  actions: BatchOption[]
}
