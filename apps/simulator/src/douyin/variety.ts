/** Variations of Douyin's cases that follow from their numbers. */
import type { CaseRecord, Order } from '../world/case'
import { refundsMoney } from '../world/order-facts'
import { everyNth } from '../world/variety'

/** One return in twenty-five is suspicious (R153). */
export const isSuspicious = everyNth(25, 24)

/** One refund in ten pays less than was asked for: coupons and platform discounts do not come back as money. */
export function reallyRefundedFen(record: CaseRecord): number {
  const reduced = everyNth(10, 3)(record) && record.refundFen >= 200
  return reduced ? record.refundFen - Math.floor(record.refundFen / 10) : record.refundFen
}

/** `aftersale_sub_type`: every fourth repair is in fact a replacement; nothing else has a sub-type. */
export const subType = (record: CaseRecord): number => (record.kind === 'repair' && everyNth(4, 1)(record) ? 8001 : 0)

/** `order_flag`: 0 grey 1 violet 2 cyan 3 green 4 orange 5 red; most orders have none, which is 0. */
export const orderFlag = ({ number }: Order): number => {
  const digit = Number(number.at(-3))
  return digit < 5 ? 0 : digit - 4
}

/**
 * Through which account the money goes: the numbers of `aftersale_refund_type` without 5, which is about whose money it
 * is. Some refunds come out of the merchant's deposit (3); where goods are replaced there is nothing to refund (4).
 */
export function refundChannel(record: CaseRecord): 0 | 3 | 4 {
  if (!refundsMoney(record)) return 4
  return everyNth(9, 4)(record) && record.specialType === null ? 3 : 0
}

/** Whether a case that is about one line of an order is sent with all its lines, the others with nothing claimed. */
export const showsWholeOrder = (record: CaseRecord, order: Order): boolean =>
  order.lines.length > 1 && everyNth(2, 0)(record)

/** Whether a signed parcel is shown as an official example shows it: state 6 while the order is still "shipped". */
export const isSignedAsInExample = everyNth(6, 5)

/** Whether a case comes with null where others have 0, an empty text or an empty list. */
export const comesWithNulls = everyNth(7, 6)
