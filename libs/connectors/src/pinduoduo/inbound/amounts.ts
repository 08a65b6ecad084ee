import type { Facets, Fen, Kind } from '#after-sale'
import { asksForMoney } from '../statuses'

/** 4: the merchant agreed, 5: the platform did, 10: the refund succeeded. */
const AGREED: ReadonlySet<number> = new Set([4, 5, 10])

/**
 * Asked and agreed: list and detail have one `refund_amount`, and an agreement pays what the application then asks (R174). How
 * goods money and freight share it is not documented, so no leg is named. No field has what was actually refunded: unknown.
 */
export function amountsOf(
  total: Fen,
  code: number,
  kind: Kind,
): Pick<Facets, 'amounts'> & Partial<Pick<Facets, 'amountAgreed'>> {
  return {
    amounts: { total, legs: {} },
    ...(AGREED.has(code) && asksForMoney(kind) ? { amountAgreed: { total } } : {}),
  }
}
