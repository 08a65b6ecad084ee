import type { Kind, MoneyStage, Outcome, Status } from '#after-sale'

export interface StatusWord {
  readonly status: Status
  readonly outcome?: Outcome
  /** Where the money of a refund stands. */
  readonly money: MoneyStage
}

const open = (status: Status, money: MoneyStage): StatusWord => ({ status, money })
const ended = (outcome: Outcome | undefined, money: MoneyStage): StatusWord =>
  outcome === undefined ? { status: 'closed', money } : { status: 'closed', outcome, money }

/**
 * Every official `after_sales_status`, as it is meant of a refund where the code is one of refunds. What is not here
 * is not known, and is said so. What the code means of another kind is `statusOf`'s to say.
 */
export const STATUS_WORDS: ReadonlyMap<number, StatusWord> = new Map<number, StatusWord>([
  // "No after-sale": nobody has anything to do; how it came to that is not told.
  [0, ended(undefined, 'none')],
  [2, open('awaiting-merchant-decision', 'asked')],
  [3, open('awaiting-merchant-decision', 'asked')],
  [4, open('refunding', 'refunding')],
  [5, open('refunding', 'refunding')],
  [6, open('refused', 'asked')],
  [7, open('awaiting-buyer-return', 'asked')],
  [8, open('platform-handling', 'asked')],
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
 * The status of a case. Some codes mean two things: 3 with the return parcel on its way is the merchant's receipt, no
 * longer the decision; 15 asks the buyer of an exchange to send back; and the codes whose
 * official names speak of a refund (4, 5, 10) are given to exchanges, resends and repairs too, which move no money.
 */
export function statusOf(code: number, kind: Kind, returnSent: boolean): StatusWord | undefined {
  const word = STATUS_WORDS.get(code)
  if (word === undefined) return undefined
  if (!asksForMoney(kind)) return withoutMoney(code, kind, word)
  if (code === 3 && returnSent) return { ...word, status: 'awaiting-merchant-receipt' }
  return word
}

/** Nothing is refunded: agreed to is being carried out, and done is replaced. A repair at 10 does not tell what was done. */
function withoutMoney(code: number, kind: Kind, word: StatusWord): StatusWord {
  const told: StatusWord = { ...word, money: 'none' }
  if (code === 15 && kind === 'exchange') return { ...told, status: 'awaiting-buyer-return' }
  if (told.status === 'refunding') return { ...told, status: 'platform-handling' }
  return told.outcome === 'refunded' ? { ...told, outcome: kind === 'repair' ? 'done' : 'replaced' } : told
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

/** `after_sales_type` of the list counts one more, because its 1 stands for "all". */
export const kindOfList = (type: number): Kind | undefined => DETAIL_KINDS.get(type - 1)
