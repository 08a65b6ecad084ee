/**
 * What the console's API answers. Instants are ISO 8601 in UTC, money is integer fen, ids are strings; `null` means
 * that nobody told us, never zero or empty.
 */
export type Turn = 'us' | 'buyer' | 'platform' | 'carrier' | 'nobody'
export type Sort = 'deadline' | 'risk'

export interface Term {
  zh: string
  en: string
}

export interface Store {
  id: string
  name: string
}

export type GlossarySection =
  'kinds' | 'statuses' | 'turns' | 'goods' | 'money' | 'dispute' | 'deadlines' | 'sources' | 'events'

export interface Meta {
  organisation: { id: string; name: string }
  now: string
  marketplaces: (Term & { id: string })[]
  stores: (Store & { marketplace: string })[]
  glossary: Partial<Record<string, Record<string, Term>>>
  notice: string
}

export interface Due {
  at: string
  kind: string
  source: string
  onBreach: string | null
}

export interface Reason {
  text: string | null
  code: string | null
}

export interface Row {
  caseId: string
  marketplace: string
  store: Store
  caseNumber: string
  orderNumber: string | null
  kind: string | null
  variant: string | null
  status: string | null
  /** How a finished case ended, where that is known. */
  outcome?: string | null
  turn: Turn
  due: Due | null
  overdue: boolean
  riskFen: number | null
  /** What is asked, and what was actually refunded. */
  amountFen: number | null
  refundedFen: number | null
  reason: Reason | null
  goods: { title: string | null; count: number | null } | null
  buyer: { name: string | null; phone: string | null } | null
  appliedAt: string | null
  updatedAt: string
}

export interface QueuePage {
  now: string
  items: Row[]
  next: string | null
}

export interface Counts {
  now: string
  turns: Record<Turn, number>
  dueSoon: number
  overdue: number
}

export interface Stage {
  stage: string | null
  since: string | null
  /** Every stage that the case is known to have come to, earliest first. */
  reached: { stage: string; at: string }[]
}

export interface Parcel {
  direction: 'out' | 'back'
  carrier: string | null
  tracking: string | null
  state: string | null
  sharedWith: { caseId: string; caseNumber: string }[]
}

export interface LedgerEntry {
  kind: string
  turn: Turn
  due: string
  source: string
  onBreach: string | null
  riskFen: number | null
  passed: boolean
}

export interface Line {
  lineId: string
  title: string | null
  sku: string | null
  quantity: number | null
  paidFen: number | null
}

export interface AmountLeg {
  leg: string
  fen: number | null
  payer: string | null
  state: string | null
}

/** `totalFen` is what is asked. */
export interface Amounts {
  totalFen: number | null
  agreedFen: number | null
  refundedFen: number | null
  /** Whether everything that was paid for the lines comes back. */
  fullRefund: 'true' | 'false' | 'unknown'
  legs: AmountLeg[]
}

/** The marketplace was asked for the case and did not show it. */
export interface UnreadCase {
  askedAt: string
  failingSince: string
  lastToldAt: string | null
  attempts: number
  kind: string
  why: string
  nextAt: string
}

export interface CaseFile {
  now: string
  row: Row
  unread: UnreadCase | null
  rails: { goods: Stage; money: Stage & { payer?: string | null }; dispute: Stage & { id?: string | null } }
  amounts: Amounts
  firstReason: Reason | null
  reason: Reason | null
  lines: Line[]
  parcels: Parcel[]
  deadlines: LedgerEntry[]
  siblings: Row[]
  flags: string[]
  openInConsole: string | null
}

export interface CaseEvent {
  version: number
  type: string
  at: string
  recordedAt: string
  summary: Term
  changes: Record<string, unknown>
  message: { id: string; channel: string; receivedAt: string } | null
}

export interface EventPage {
  items: CaseEvent[]
  next: string | number | null
}

export interface RawMessage {
  id: string
  channel: string
  marketplace: string
  receivedAt: string
  bytes: number
  text: string
}

export interface Quarantined {
  messageId: string
  marketplace: string
  store: Store | string | null
  channel: string
  receivedAt: string
  reason: string
  detail: string | null
  attempts: number
}

export interface QuarantinePage {
  items: Quarantined[]
  next: string | null
}

export interface RunAgainAnswer {
  outcome: string
  detail: string | null
}

export type Freshness = 'fresh' | 'behind' | 'blind' | 'reauthorise'

export interface UnprovenWindows {
  windows: number
  from: string
  since: string
  triedAt: string
  attempts: number
  /** null: the list did not say how many. */
  claimed: number | null
  seen: number
  why: string
}

export interface StoreFreshness {
  store: Store
  marketplace: string
  state: Freshness
  provenUntil: string | null
  lastPushAt: string | null
  lastPullAt: string | null
  pushes24h: number
  late: number
  missing: number
  extra: number
  /** Why the last reading failed; null where it did not. */
  trouble: string | null
  /** Windows of which the list did not show what it claims, and the oldest of them; null where all are whole. */
  unproven: UnprovenWindows | null
  /** Cases that the marketplace was asked for several times and did not show. */
  unread: { cases: number; since: string | null }
  messages: { connected: boolean; since: string | null } | null
}

export interface StoresAnswer {
  now: string
  items: StoreFreshness[]
}

export interface LiveCase {
  caseId: string
  version: number
  type: string
  turn: Turn
  status: string | null
}
