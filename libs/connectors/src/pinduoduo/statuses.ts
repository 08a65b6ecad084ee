import type { Kind, MoneyStage, Outcome, Status } from '#after-sale'

/** Where the money stands by the code alone; `by-kind`: asked for, if the kind asks for money at all. */
type MoneyWord = MoneyStage | 'by-kind'

export interface StatusWord {
  readonly status: Status
  readonly outcome?: Outcome
  readonly money: MoneyWord
}

const open = (status: Status, money: MoneyWord): StatusWord => ({ status, money })
const ended = (outcome: Outcome | undefined, money: MoneyStage): StatusWord =>
  outcome === undefined ? { status: 'closed', money } : { status: 'closed', outcome, money }

/** Every official `after_sales_status` (facts A5). What is not here is not known, and is said so. */
export const STATUS_WORDS: ReadonlyMap<number, StatusWord> = new Map<number, StatusWord>([
  // "No after-sale": nobody has anything to do; how it came to that is not told.
  [0, ended(undefined, 'none')],
  [2, open('awaiting-merchant-decision', 'asked')],
  [3, open('awaiting-merchant-decision', 'asked')],
  [4, open('refunding', 'refunding')],
  [5, open('refunding', 'refunding')],
  [6, open('refused', 'by-kind')],
  [7, open('awaiting-buyer-return', 'asked')],
  [8, open('platform-handling', 'by-kind')],
  [9, ended('refused-by-platform', 'none')],
  [10, { status: 'succeeded', outcome: 'refunded', money: 'refunded' }],
  [11, ended('withdrawn', 'none')],
  [12, ended('buyer-late', 'none')],
  [13, ended('buyer-late', 'none')],
  [14, open('awaiting-merchant-decision', 'none')],
  [15, open('awaiting-buyer-action', 'none')],
  [16, { status: 'succeeded', outcome: 'replaced', money: 'none' }],
  [17, ended('failed', 'none')],
  [18, open('awaiting-buyer-receipt', 'none')],
  [21, open('awaiting-merchant-decision', 'none')],
  [22, open('awaiting-buyer-return', 'none')],
  [24, ended(undefined, 'none')],
  [25, { status: 'succeeded', outcome: 'repaired', money: 'none' }],
  [27, open('awaiting-buyer-receipt', 'none')],
  [31, open('awaiting-refusal', 'asked')],
  [32, open('awaiting-merchant-shipment', 'none')],
  [33, open('awaiting-recall', 'asked')],
])

/**
 * The status of a case. Two codes mean two things: 3 with the return parcel on its way is the merchant's receipt, no
 * longer the decision, and 15 asks the buyer of an exchange to send back (facts E1 of the mapping hints).
 */
export function statusOf(code: number, kind: Kind, returnSent: boolean): StatusWord | undefined {
  const word = STATUS_WORDS.get(code)
  if (word === undefined) return undefined
  if (code === 3 && returnSent) return { ...word, status: 'awaiting-merchant-receipt' }
  if (code === 15 && kind === 'exchange') return { ...word, status: 'awaiting-buyer-return' }
  return word
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

/** `after_sales_type` of the list counts one more, because its 1 stands for "all" (facts E2). */
export const kindOfList = (type: number): Kind | undefined => DETAIL_KINDS.get(type - 1)
