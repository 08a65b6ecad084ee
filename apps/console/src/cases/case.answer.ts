import { ApiSchema } from '@nestjs/swagger'
import type { Breach, DeadlineKind, DeadlineSource, Leg, Parcel, Truth, Turn } from '#after-sale'
import { BREACHES, DEADLINES, LEGS, SOURCES, TRUTHS, TURNS } from '#after-sale'
import { ActionAnswer, OfferedActionAnswer } from '../actions/action.answer'
import {
  CountField,
  FenField,
  FlagField,
  InstantField,
  ObjectListField,
  ObjectField,
  EnumField,
  TextField,
  TextListField,
  UuidField,
} from '../openapi/field-decorators'
import { CaseReason, CaseRow } from '../queue/queue.answer'
import { Rails } from './rails.answer'

@ApiSchema({
  name: 'UnreadCase',
  description: 'The marketplace was asked for the case and did not show it: what is shown may be old.',
})
export class UnreadCaseAnswer {
  @InstantField({ description: 'Since when it is being asked for.' })
  askedAt: string

  @InstantField({ description: 'Since when without success.' })
  failingSince: string

  @InstantField({ nullable: true, description: 'The newest report of the case.' })
  lastToldAt: string | null

  @CountField()
  attempts: number

  @TextField({ example: 'refused' })
  kind: string

  @TextField({ description: 'The marketplace’s text, or ours.' })
  why: string

  @InstantField()
  nextAt: string
}

export class AmountLeg {
  @EnumField(LEGS, 'Leg')
  leg: Leg

  @FenField()
  fen: number
}

@ApiSchema({ description: 'Asked, agreed and actually refunded are three facts.' })
export class CaseAmounts {
  @FenField({ nullable: true, description: 'Fen that are asked for.' })
  totalFen: number | null

  @FenField({ nullable: true })
  agreedFen: number | null

  @FenField({ nullable: true })
  refundedFen: number | null

  @EnumField(TRUTHS, 'Truth', { description: 'Whether everything that was paid for the lines comes back.' })
  fullRefund: Truth

  @ObjectListField(() => AmountLeg, { description: 'What is asked for, by its parts.' })
  legs: AmountLeg[]
}

export class OrderLine {
  @TextField()
  lineId: string

  @TextField({ nullable: true })
  title: string | null

  @TextField({ nullable: true })
  sku: string | null

  @CountField({ nullable: true })
  quantity: number | null

  @FenField({ nullable: true })
  paidFen: number | null
}

export class SharingCase {
  @UuidField()
  caseId: string

  @TextField()
  caseNumber: string
}

@ApiSchema({ name: 'Parcel' })
export class ParcelAnswer {
  @EnumField(['out', 'back'], 'ParcelDirection')
  direction: Parcel['direction']

  @TextField({ nullable: true })
  carrier: string | null

  @TextField()
  tracking: string

  @TextField({ nullable: true })
  state: string | null

  @ObjectListField(() => SharingCase, { description: 'Other cases with the same tracking number.' })
  sharedWith: SharingCase[]
}

export class CaseDeadline {
  @EnumField(DEADLINES, 'DeadlineKind')
  kind: DeadlineKind

  @EnumField(TURNS, 'Turn', { description: 'Who must act.' })
  turn: Turn

  @InstantField()
  due: string

  @EnumField(SOURCES, 'DeadlineSource')
  source: DeadlineSource

  @EnumField(BREACHES, 'Breach', { description: 'What happens when it passes.' })
  onBreach: Breach

  @FenField({ description: 'Fen that are lost if it passes.' })
  riskFen: number

  @FlagField()
  passed: boolean
}

@ApiSchema({ description: 'One case with everything that is known of it.' })
export class CaseDetail {
  @InstantField()
  now: string

  @ObjectField(() => CaseRow)
  row: CaseRow

  @ObjectField(() => UnreadCaseAnswer, { nullable: true })
  unread: UnreadCaseAnswer | null

  @ObjectField(() => Rails)
  rails: Rails

  @ObjectField(() => CaseAmounts)
  amounts: CaseAmounts

  @ObjectField(() => CaseReason, { nullable: true, description: 'What the buyer said first; it never changes (R172).' })
  firstReason: CaseReason | null

  @ObjectField(() => CaseReason, { nullable: true })
  reason: CaseReason | null

  @ObjectListField(() => OrderLine)
  lines: OrderLine[]

  @ObjectListField(() => ParcelAnswer)
  parcels: ParcelAnswer[]

  @ObjectListField(() => CaseDeadline)
  deadlines: CaseDeadline[]

  @InstantField({ nullable: true, description: 'To be sent as `judged` with an action on this case.' })
  revision: string | null

  @ObjectListField(() => ActionAnswer)
  actions: ActionAnswer[]

  @ObjectListField(() => OfferedActionAnswer, { description: 'What may be done at its marketplace, and what not now.' })
  offered: OfferedActionAnswer[]

  @ObjectListField(() => CaseRow, { description: 'Other cases of the same order, newest first.' })
  siblings: CaseRow[]

  @TextListField({ description: 'The marketplace’s own marks, e.g. `speed-refund`.' })
  flags: string[]
}
