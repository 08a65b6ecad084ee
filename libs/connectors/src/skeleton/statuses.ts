import type { KindFacet, MoneyRail, Outcome, Status } from '#after-sale'

export interface StatusMeaning {
  readonly status: Status
  readonly outcome?: Outcome
  readonly money: MoneyRail['stage']
}

/** `case_status`, all of it. A code that is not here is never mapped to a plausible one. */
export const STATUS_MEANINGS: ReadonlyMap<number, StatusMeaning> = new Map<number, StatusMeaning>([
  [1, { status: 'awaiting-merchant-decision', money: 'asked' }],
  [2, { status: 'awaiting-buyer-return', money: 'asked' }],
  [3, { status: 'awaiting-merchant-receipt', money: 'asked' }],
  [4, { status: 'refunding', money: 'refunding' }],
  [5, { status: 'succeeded', outcome: 'refunded', money: 'refunded' }],
  [6, { status: 'refused', money: 'asked' }],
  [7, { status: 'closed', outcome: 'withdrawn', money: 'none' }],
])

/** `case_type`, all of it. */
export const KIND_BY_TYPE: ReadonlyMap<number, KindFacet> = new Map<number, KindFacet>([
  [1, { kind: 'refund-only', variant: 'unshipped' }],
  [2, { kind: 'refund-only', variant: 'shipped' }],
  [3, { kind: 'return-and-refund' }],
])

/** `event` of a push that is about a case. Others are known to be about something else. */
export const CASE_EVENTS: ReadonlySet<string> = new Set(['case-opened', 'case-changed'])
export const OTHER_EVENTS: ReadonlySet<string> = new Set(['order-paid'])
