import type { Kind, MoneyStage, Outcome, Status } from '#after-sale'

export interface StatusMeaning {
  readonly status: Status
  readonly outcome?: Outcome
  /** The stage of the refunded money. */
  readonly money: MoneyStage
}

const openStatus = (status: Status, money: MoneyStage): StatusMeaning => ({ status, money })
const closedStatus = (outcome: Outcome | undefined, money: MoneyStage): StatusMeaning =>
  outcome === undefined ? { status: 'closed', money } : { status: 'closed', outcome, money }

/**
 * Every official `after_sales_status`; codes that also occur in refunds have their meaning for a refund. A code that is
 * missing here is unknown and reported as such. `statusOf` decides what a code means for another kind.
 */
export const STATUS_MEANINGS: ReadonlyMap<number, StatusMeaning> = new Map<number, StatusMeaning>([
  // "No after-sale": there is nothing to act on; why a case gets this code is not documented.
  [0, closedStatus(undefined, 'none')],
  [2, openStatus('awaiting-merchant-decision', 'asked')],
  [3, openStatus('awaiting-merchant-decision', 'asked')],
  [4, openStatus('refunding', 'refunding')],
  [5, openStatus('refunding', 'refunding')],
  [6, openStatus('refused', 'asked')],
  [7, openStatus('awaiting-buyer-return', 'asked')],
  [8, openStatus('platform-handling', 'asked')],
  [9, closedStatus('refused-by-platform', 'none')],
  [10, { status: 'succeeded', outcome: 'refunded', money: 'refunded' }],
  [11, closedStatus('withdrawn', 'none')],
  [12, closedStatus('buyer-late', 'none')],
  [13, closedStatus('buyer-late', 'none')],
  [14, openStatus('awaiting-merchant-decision', 'none')],
  [15, openStatus('awaiting-buyer-action', 'none')],
  [16, { status: 'succeeded', outcome: 'replaced', money: 'none' }],
  [17, closedStatus('failed', 'none')],
  [18, openStatus('awaiting-buyer-receipt', 'none')],
  [21, openStatus('awaiting-merchant-decision', 'none')],
  [22, openStatus('awaiting-buyer-return', 'none')],
  [24, closedStatus(undefined, 'none')],
  [25, { status: 'succeeded', outcome: 'repaired', money: 'none' }],
  [27, openStatus('awaiting-buyer-receipt', 'none')],
  [31, openStatus('awaiting-refusal', 'asked')],
  [32, openStatus('awaiting-merchant-shipment', 'none')],
  [33, openStatus('awaiting-recall', 'asked')],
])

/**
 * The status of a case. Some codes mean two things: 3 with the return parcel on its way is the merchant's receipt, no
 * longer the decision; 15 asks the buyer of an exchange to send back; and the codes whose
 * official names speak of a refund (4, 5, 10) are given to exchanges, resends and repairs too, which move no money.
 */
export function statusOf(code: number, kind: Kind, returnSent: boolean): StatusMeaning | undefined {
  const meaning = STATUS_MEANINGS.get(code)
  if (meaning === undefined) return undefined
  if (!asksForMoney(kind)) return statusWithoutMoney(code, kind, meaning)
  if (code === 3 && returnSent) return { ...meaning, status: 'awaiting-merchant-receipt' }
  return meaning
}

/**
 * The status of a case without a refund: an agreed one is being carried out, a succeeded one is replaced. A repair at
 * 10 does not show what was done.
 */
function statusWithoutMoney(code: number, kind: Kind, meaning: StatusMeaning): StatusMeaning {
  const moneyless: StatusMeaning = { ...meaning, money: 'none' }
  if (code === 15 && kind === 'exchange') return { ...moneyless, status: 'awaiting-buyer-return' }
  if (moneyless.status === 'refunding') return { ...moneyless, status: 'platform-handling' }
  return moneyless.outcome === 'refunded'
    ? { ...moneyless, outcome: kind === 'repair' ? 'done' : 'replaced' }
    : moneyless
}

const DETAIL_KINDS: ReadonlyMap<number, Kind> = new Map<number, Kind>([
  [1, 'refund-only'],
  [2, 'return-and-refund'],
  [3, 'exchange'],
  [4, 'resend'],
  [5, 'repair'],
])

export const asksForMoney = (kind: Kind): boolean => kind === 'refund-only' || kind === 'return-and-refund'

/** `after_sales_type` of the detail, and `bill_type` of pushes. */
export const kindOfDetail = (type: number): Kind | undefined => DETAIL_KINDS.get(type)

/** `after_sales_type` of the list counts one more, because its 1 means "all". */
export const kindOfList = (type: number): Kind | undefined => DETAIL_KINDS.get(type - 1)
