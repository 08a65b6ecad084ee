import type { AfterSaleCase } from '../case'
import type { Fen } from '../facets'
import { askedOf, isRefundKind, refundedOf } from './money'
import type { Truth } from '../truth'

/** What the buyer paid for some lines, fen. Whether `paid` includes `freight` differs between marketplaces. */
export interface PaidForLines {
  readonly paid: Fen
  readonly freight: Fen
}

/** What was paid for the lines of the case; `undefined` unless each of them has a price. */
export function paidForLinesOf({ order }: AfterSaleCase): PaidForLines | undefined {
  if (order === undefined || order.lines.length === 0) return undefined
  let paid = 0
  let freight = 0
  for (const line of order.lines) {
    if (line.paid === undefined) return undefined
    paid += line.paid
    freight += line.freight ?? 0
  }
  // Marketplaces send a price of zero where they have none.
  return paid === 0 ? undefined : { paid, freight }
}

/** The most that the buyer can have paid, fen: for the order, or for the lines concerned; `undefined`: unknown. */
export function maxPaidOf(afterSale: AfterSaleCase): Fen | undefined {
  const lines = paidForLinesOf(afterSale)
  const paidForOrder = afterSale.order?.paid
  const maxPaid = Math.max(paidForOrder ?? 0, lines === undefined ? 0 : lines.paid + lines.freight)
  return maxPaid === 0 ? undefined : maxPaid
}

/**
 * Whether the case gives back everything that was paid for the lines concerned, rather than a compensation (public
 * report: of 60 refund-only cases at a real merchant 13 were compensation). Judged by what was actually refunded once
 * that is known, by what is asked until then.
 *
 * Freight: it is not always known whether a line's price includes its freight, and goods are often refunded without it.
 * Goods money that covers the price is a full refund under either reading, less than the price without freight is none
 * under either; in between the answer depends on the reading, so it is unknown. Where the lines' prices are unknown, an
 * amount that covers the whole order covers them too; a smaller one decides nothing.
 */
export function isFullRefund(afterSale: AfterSaleCase): Truth {
  if (afterSale.kind !== undefined && !isRefundKind(afterSale.kind.kind)) return 'false'
  const amount = refundedOf(afterSale) ?? askedOf(afterSale)
  if (amount === undefined) return 'unknown'
  const lines = paidForLinesOf(afterSale)
  const paid = lines?.paid ?? afterSale.order?.paid ?? 0
  if (paid === 0) return 'unknown'
  const freight = Math.max(lines?.freight ?? 0, afterSale.amounts?.legs.FREIGHT ?? 0)
  if (amount >= paid + freight || amount - freightWithin(afterSale, amount, freight) >= paid) return 'true'
  return lines !== undefined && amount < paid - freight ? 'false' : 'unknown'
}

/**
 * How much of `amount` may be freight: for the requested amount, the freight that the case reports; for any other
 * amount, up to all of the freight.
 */
const freightWithin = (afterSale: AfterSaleCase, amount: Fen, freight: Fen): Fen =>
  amount === askedOf(afterSale) ? (afterSale.amounts?.legs.FREIGHT ?? freight) : freight
