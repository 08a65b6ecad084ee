import type { KindFacet, MoneyRail, Outcome, Status } from '#after-sale'

export interface StatusMeaning {
  readonly status: Status
  readonly outcome?: Outcome
  readonly money: MoneyRail['stage']
}

/** Every code of `case_status`. A code that is missing here is never mapped to a plausible one. */
export const STATUS_MEANINGS: ReadonlyMap<number, StatusMeaning> = new Map<number, StatusMeaning>([
  [1, { status: 'awaiting-merchant-decision', money: 'asked' }],
  [2, { status: 'awaiting-buyer-return', money: 'asked' }],
  [3, { status: 'awaiting-merchant-receipt', money: 'asked' }],
  [4, { status: 'refunding', money: 'refunding' }],
  [5, { status: 'succeeded', outcome: 'refunded', money: 'refunded' }],
  [6, { status: 'refused', money: 'asked' }],
  [7, { status: 'closed', outcome: 'withdrawn', money: 'none' }],
])

/** Every code of `case_type`. */
export const KIND_BY_TYPE: ReadonlyMap<number, KindFacet> = new Map<number, KindFacet>([
  [1, { kind: 'refund-only', variant: 'unshipped' }],
  [2, { kind: 'refund-only', variant: 'shipped' }],
  [3, { kind: 'return-and-refund' }],
])

/** Values of `event` in pushes about a case; `OTHER_EVENTS` are known to be about something else. */
export const CASE_EVENTS: ReadonlySet<string> = new Set(['case-opened', 'case-changed'])
export const OTHER_EVENTS: ReadonlySet<string> = new Set(['order-paid'])
