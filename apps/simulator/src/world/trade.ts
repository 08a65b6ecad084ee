import type { Draw } from '../random'
import type { Act, Notice, Outcome } from './acts'
import type { Automation } from './automation'
import type { CaseKind, CaseRecord, Order } from './case'
import type { Stage } from './stages'

/** Numbers of a marketplace in its own shapes. They grow with simulated time, so that a fresh start repeats none. */
export interface TradeNumbers {
  order(now: number, draw: Draw): string
  /** The `index`th line of an order. */
  line(order: string, index: number): string
  goods(draw: Draw): string
  case(now: number, draw: Draw): string
  /** For the state file. */
  snapshot(): NumbersSnapshot
}

/** How far the numbers have come, in the state file. */
export type NumbersSnapshot = number | string

/** Acts of merchants and buyers that only some marketplaces have. */
export type OptionalAct =
  'evidence' | 'extension' | 'recall' | 'refusal-of-returned-goods' | 'repair-without-return' | 'turning-into-refund'

/** How the marketplace itself shows a case, where that is less exact than the record. */
export interface ShownFacts {
  /** The number of its type, as the detail has it. */
  readonly type: number
  /** null where the amount is left empty. */
  readonly refundFen: number | null
  /** null where no deadline is shown. */
  readonly deadlineMs: number | null
  readonly appliedMs: number
  readonly updatedMs: number
}

/** The rules of one marketplace, without its wire: pure, apart from the numbers that it hands out. */
export interface Trade {
  readonly marketplace: string
  readonly optionalActs: ReadonlySet<OptionalAct>
  /** Continues after the numbers of the snapshot. */
  numbers(snapshot?: NumbersSnapshot): TradeNumbers
  firstStatus(kind: CaseKind): number
  step(record: CaseRecord, act: Act, now: number): Outcome
  /** The stage of an open case. */
  stageOf(record: CaseRecord): Stage
  /** How a new case is announced. */
  openingNotice(record: CaseRecord): Notice
  shownFacts(record: CaseRecord): ShownFacts
  /** Whether a new case claims a special right. */
  isSpecialRight?(draw: Draw): boolean
  /** Turns some new cases into ones that no buyer applied for. */
  specialCase?(record: CaseRecord, order: Order, draw: Draw, now: number): CaseRecord
  /** The case of an order whose group did not form. Absent: there are no group orders. */
  groupFailure?(record: CaseRecord, now: number): CaseRecord
  /** What the platform does by itself with a case that has just moved. */
  automaticStep?(
    record: CaseRecord,
    order: Order | undefined,
    switches: Automation,
    now: number,
  ): { readonly afterMs: number; readonly act: Act } | undefined
  /** A deadline as precise as the marketplace counts. Absent: to the millisecond. */
  roundDeadline?(ms: number): number
}

/** The trades of a world, by marketplace. */
export type Trades = Readonly<Record<string, Trade>>

export const tradesOf = (trades: readonly Trade[]): Trades =>
  Object.fromEntries(trades.map((trade) => [trade.marketplace, trade]))
