import { ApiSchema } from '@nestjs/swagger'
import type { Breach, DeadlineKind, DeadlineSource, Leg, Parcel, Truth, Turn } from '#after-sale'
import { BREACHES, DEADLINES, LEGS, SOURCES, TRUTHS, TURNS } from '#after-sale'
import { ActionAnswer, OfferedActionAnswer } from '../actions/action.answer'
import { Count, Fen, Flag, InstantField, Many, One, OneOf, Text, Texts, Uuid } from '../openapi/fields'
import { CaseReason, CaseRow } from '../queue/queue.answer'
import { Rails } from './rails.answer'

@ApiSchema({
  name: 'UnreadCase',
  description: 'The marketplace was asked for the case and did not show it: what is shown may be old.',
})
export class UnreadCaseAnswer {
  @InstantField({ description: 'Since when it is being asked for.' })
  askedAt: string

  @InstantField({ description: 'Since when in vain.' })
  failingSince: string

  @InstantField({ nullable: true, description: 'The newest report of the case.' })
  lastToldAt: string | null

  @Count()
  attempts: number

  @Text({ example: 'refused' })
  kind: string

  @Text({ description: 'The marketplace’s text, or ours.' })
  why: string

  @InstantField()
  nextAt: string
}

export class AmountLeg {
  @OneOf(LEGS, 'Leg')
  leg: Leg

  @Fen()
  fen: number
}

@ApiSchema({ description: 'Asked, agreed and actually refunded are three facts.' })
export class CaseAmounts {
  @Fen({ nullable: true, description: 'Fen that are asked for.' })
  totalFen: number | null

  @Fen({ nullable: true })
  agreedFen: number | null

  @Fen({ nullable: true })
  refundedFen: number | null

  @OneOf(TRUTHS, 'Truth', { description: 'Whether everything that was paid for the lines comes back.' })
  fullRefund: Truth

  @Many(() => AmountLeg, { description: 'What is asked for, by its parts.' })
  legs: AmountLeg[]
}

export class OrderLine {
  @Text()
  lineId: string

  @Text({ nullable: true })
  title: string | null

  @Text({ nullable: true })
  sku: string | null

  @Count({ nullable: true })
  quantity: number | null

  @Fen({ nullable: true })
  paidFen: number | null
}

export class SharingCase {
  @Uuid()
  caseId: string

  @Text()
  caseNumber: string
}

@ApiSchema({ name: 'Parcel' })
export class ParcelAnswer {
  @OneOf(['out', 'back'], 'ParcelDirection')
  direction: Parcel['direction']

  @Text({ nullable: true })
  carrier: string | null

  @Text()
  tracking: string

  @Text({ nullable: true })
  state: string | null

  @Many(() => SharingCase, { description: 'Other cases with the same tracking number.' })
  sharedWith: SharingCase[]
}

export class CaseDeadline {
  @OneOf(DEADLINES, 'DeadlineKind')
  kind: DeadlineKind

  @OneOf(TURNS, 'Turn', { description: 'Who must act.' })
  turn: Turn

  @InstantField()
  due: string

  @OneOf(SOURCES, 'DeadlineSource')
  source: DeadlineSource

  @OneOf(BREACHES, 'Breach', { description: 'What happens when it passes.' })
  onBreach: Breach

  @Fen({ description: 'Fen that are lost if it passes.' })
  riskFen: number

  @Flag()
  passed: boolean
}

@ApiSchema({ description: 'One case with everything that is known of it.' })
export class CaseDetail {
  @InstantField()
  now: string

  @One(() => CaseRow)
  row: CaseRow

  @One(() => UnreadCaseAnswer, { nullable: true })
  unread: UnreadCaseAnswer | null

  @One(() => Rails)
  rails: Rails

  @One(() => CaseAmounts)
  amounts: CaseAmounts

  @One(() => CaseReason, { nullable: true, description: 'What the buyer said first; it never changes (R172).' })
  firstReason: CaseReason | null

  @One(() => CaseReason, { nullable: true })
  reason: CaseReason | null

  @Many(() => OrderLine)
  lines: OrderLine[]

  @Many(() => ParcelAnswer)
  parcels: ParcelAnswer[]

  @Many(() => CaseDeadline)
  deadlines: CaseDeadline[]

  @InstantField({ nullable: true, description: 'To be sent as `judged` with an action on this case.' })
  revision: string | null

  @Many(() => ActionAnswer)
  actions: ActionAnswer[]

  @Many(() => OfferedActionAnswer, { description: 'What may be done at its marketplace, and what not now.' })
  offered: OfferedActionAnswer[]

  @Many(() => CaseRow, { description: 'Other cases of the same order, newest first.' })
  siblings: CaseRow[]

  @Texts({ description: 'The marketplace’s own marks, e.g. `speed-refund`.' })
  flags: string[]
}
