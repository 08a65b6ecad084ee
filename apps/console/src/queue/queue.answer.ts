import { ApiSchema } from '@nestjs/swagger'
import type { Breach, DeadlineKind, DeadlineSource, Kind, Outcome, Status, Turn, Variant } from '#after-sale'
import { BREACHES, DEADLINES, KINDS, OUTCOMES, SOURCES, STATUSES, TURNS, VARIANTS } from '#after-sale'
import { StoreNameAnswer } from '../core/store-name.answer'
import { Count, Fen, Flag, InstantField, Many, One, OneOf, Text, Uuid } from '../openapi/fields'

@ApiSchema({ description: 'The next deadline of a case.' })
export class NextDeadline {
  @InstantField()
  at: string

  @OneOf(DEADLINES, 'DeadlineKind')
  kind: DeadlineKind

  @OneOf(SOURCES, 'DeadlineSource', { description: 'Shown by the marketplace, derived from a rule, or assumed.' })
  source: DeadlineSource

  @OneOf(BREACHES, 'Breach', { nullable: true, description: 'What happens when it passes.' })
  onBreach: Breach | null
}

export class CaseReason {
  @Text({ nullable: true, description: 'In the words of the buyer or the marketplace; phone numbers masked.' })
  text: string | null

  @Text({ nullable: true, description: 'The marketplace’s code.' })
  code: string | null
}

export class CaseGoods {
  @Text({ nullable: true })
  title: string | null

  @Count({ nullable: true })
  count: number | null
}

@ApiSchema({ description: 'Masked.' })
export class CaseBuyer {
  @Text({ nullable: true, example: '王**' })
  name: string | null

  @Text({ nullable: true, example: '*******1234' })
  phone: string | null
}

@ApiSchema({ description: 'A case as lists show it.' })
export class CaseRow {
  @Uuid()
  caseId: string

  @One(() => StoreNameAnswer)
  store: StoreNameAnswer

  @Text()
  marketplace: string

  @Text({ description: 'The marketplace’s number of the case.' })
  caseNumber: string

  @Text({ nullable: true })
  orderNumber: string | null

  @OneOf(KINDS, 'Kind', { nullable: true })
  kind: Kind | null

  @OneOf(VARIANTS, 'Variant', { nullable: true })
  variant: Variant | null

  @OneOf(STATUSES, 'Status', { nullable: true })
  status: Status | null

  @OneOf(OUTCOMES, 'Outcome', { nullable: true, description: 'How a finished case ended.' })
  outcome: Outcome | null

  @OneOf(TURNS, 'Turn', { description: 'Whose turn it is; `nobody`: the case is finished.' })
  turn: Turn

  @One(() => NextDeadline, { nullable: true })
  due: NextDeadline | null

  @Flag()
  overdue: boolean

  @Fen({ nullable: true, description: 'Fen that are lost if the deadline passes.' })
  riskFen: number | null

  @Fen({ nullable: true, description: 'Fen that are asked for.' })
  amountFen: number | null

  @Fen({ nullable: true, description: 'Fen that were actually refunded.' })
  refundedFen: number | null

  @One(() => CaseReason, { nullable: true })
  reason: CaseReason | null

  @One(() => CaseGoods, { nullable: true })
  goods: CaseGoods | null

  @One(() => CaseBuyer, { nullable: true })
  buyer: CaseBuyer | null

  @InstantField({ nullable: true })
  appliedAt: string | null

  @InstantField()
  updatedAt: string
}

export class CasePage {
  @InstantField()
  now: string

  @Many(() => CaseRow)
  items: CaseRow[]

  @Text({ nullable: true, description: '`cursor` of the next page; null: this is the last one.' })
  next: string | null
}

@ApiSchema({ description: 'How many cases wait for whom.' })
export class TurnCounts implements Record<Turn, number> {
  @Count()
  us: number

  @Count()
  buyer: number

  @Count()
  platform: number

  @Count()
  carrier: number

  @Count()
  nobody: number
}

export class QueueCounts {
  @InstantField()
  now: string

  @One(() => TurnCounts)
  turns: TurnCounts

  @Count({ description: 'Cases that wait for us and are due within four hours.' })
  dueSoon: number

  @Count({ description: 'Cases that wait for us and are overdue.' })
  overdue: number
}
