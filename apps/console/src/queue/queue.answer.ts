import { ApiSchema } from '@nestjs/swagger'
import type { Breach, DeadlineKind, DeadlineSource, Kind, Outcome, Status, Turn, Variant } from '#after-sale'
import { BREACHES, DEADLINES, KINDS, OUTCOMES, SOURCES, STATUSES, TURNS, VARIANTS } from '#after-sale'
import { StoreNameAnswer } from '../core/store-name.answer'
import {
  CountField,
  FenField,
  FlagField,
  InstantField,
  ObjectListField,
  ObjectField,
  EnumField,
  TextField,
  UuidField,
} from '../openapi/field-decorators'

@ApiSchema({ description: 'The next deadline of a case.' })
export class NextDeadline {
  @InstantField()
  at: string

  @EnumField(DEADLINES, 'DeadlineKind')
  kind: DeadlineKind

  @EnumField(SOURCES, 'DeadlineSource', { description: 'Shown by the marketplace, derived from a rule, or assumed.' })
  source: DeadlineSource

  @EnumField(BREACHES, 'Breach', { nullable: true, description: 'What happens when it passes.' })
  onBreach: Breach | null
}

export class CaseReason {
  @TextField({ nullable: true, description: 'In the words of the buyer or the marketplace; phone numbers masked.' })
  text: string | null

  @TextField({ nullable: true, description: 'The marketplace’s code.' })
  code: string | null
}

export class CaseGoods {
  @TextField({ nullable: true })
  title: string | null

  @CountField({ nullable: true })
  count: number | null
}

@ApiSchema({ description: 'Masked.' })
export class CaseBuyer {
  @TextField({ nullable: true, example: '王**' })
  name: string | null

  @TextField({ nullable: true, example: '*******1234' })
  phone: string | null
}

@ApiSchema({ description: 'The person who has taken a case.' })
export class CaseAssignee {
  @UuidField()
  id: string

  @TextField()
  name: string

  @InstantField()
  since: string
}

@ApiSchema({ description: 'A case as lists show it.' })
export class CaseRow {
  @UuidField()
  caseId: string

  @ObjectField(() => StoreNameAnswer)
  store: StoreNameAnswer

  @TextField()
  marketplace: string

  @TextField({ description: 'The marketplace’s number of the case.' })
  caseNumber: string

  @TextField({ nullable: true })
  orderNumber: string | null

  @EnumField(KINDS, 'Kind', { nullable: true })
  kind: Kind | null

  @EnumField(VARIANTS, 'Variant', { nullable: true })
  variant: Variant | null

  @EnumField(STATUSES, 'Status', { nullable: true })
  status: Status | null

  @EnumField(OUTCOMES, 'Outcome', { nullable: true, description: 'How a finished case ended.' })
  outcome: Outcome | null

  @EnumField(TURNS, 'Turn', { description: 'Whose turn it is; `nobody`: the case is finished.' })
  turn: Turn

  @ObjectField(() => NextDeadline, { nullable: true })
  due: NextDeadline | null

  @FlagField()
  overdue: boolean

  @FenField({ nullable: true, description: 'Fen that are lost if the deadline passes.' })
  riskFen: number | null

  @FenField({ nullable: true, description: 'Fen that are asked for.' })
  amountFen: number | null

  @FenField({ nullable: true, description: 'Fen that were actually refunded.' })
  refundedFen: number | null

  @ObjectField(() => CaseReason, { nullable: true })
  reason: CaseReason | null

  @ObjectField(() => CaseGoods, { nullable: true })
  goods: CaseGoods | null

  @ObjectField(() => CaseBuyer, { nullable: true })
  buyer: CaseBuyer | null

  @ObjectField(() => CaseAssignee, { nullable: true, description: 'Null: unassigned.' })
  assignee: CaseAssignee | null

  @InstantField({ nullable: true })
  appliedAt: string | null

  @InstantField()
  updatedAt: string
}

export class CasePage {
  @InstantField()
  now: string

  @ObjectListField(() => CaseRow)
  items: CaseRow[]

  @TextField({ nullable: true, description: '`cursor` of the next page; null: this is the last one.' })
  next: string | null
}

@ApiSchema({ description: 'How many cases wait for whom.' })
export class TurnCounts implements Record<Turn, number> {
  @CountField()
  us: number

  @CountField()
  buyer: number

  @CountField()
  platform: number

  @CountField()
  carrier: number

  @CountField()
  nobody: number
}

export class QueueCounts {
  @InstantField()
  now: string

  @ObjectField(() => TurnCounts)
  turns: TurnCounts

  @CountField({ description: 'Cases that wait for us and are due within four hours.' })
  dueSoon: number

  @CountField({ description: 'Cases that wait for us and are overdue.' })
  overdue: number
}
