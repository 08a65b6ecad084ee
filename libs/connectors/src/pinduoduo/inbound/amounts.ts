import type { Facets, Fen, Kind } from '#after-sale'
import { asksForMoney } from '../statuses'

/** 4: the merchant agreed, 5: the platform did, 10: the refund succeeded. */
const AGREED_STATUSES: ReadonlySet<number> = new Set([4, 5, 10])

/**
 * The requested and the agreed amount. List and detail have one `refund_amount`, and an agreement pays the amount
 * requested at that time (R174). How it is divided into goods money and freight is not documented, so no legs are
 * reported. No field has the actually refunded amount, so that is unknown.
 */
export function amountsOf(
  total: Fen,
  code: number,
  kind: Kind,
): Pick<Facets, 'amounts'> & Partial<Pick<Facets, 'amountAgreed'>> {
  return {
    amounts: { total, legs: {} },
    ...(AGREED_STATUSES.has(code) && asksForMoney(kind) ? { amountAgreed: { total } } : {}),
  }
}
