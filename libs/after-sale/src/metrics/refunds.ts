import type { AfterSaleCase } from '../case'
import type { Fen } from '../facets'
import { refundCostOf } from '../money/money'
import type { Sum } from './share'

/**
 * Money refunded. `fen` and `count` are the amounts actually refunded. Where the marketplace does not report that
 * amount, the case is in `estimated` with the agreed or requested amount instead; where none is known it is in
 * `unknown`.
 */
export interface RefundSum extends Sum {
  readonly estimated: { readonly fen: Fen; readonly count: number }
}

/** What the refunds of these cases cost. Call it only with cases that were refunded: it does not check that. */
export function refundSumOf(cases: readonly AfterSaleCase[]): RefundSum {
  const actual = { fen: 0, count: 0 }
  const estimated = { fen: 0, count: 0 }
  let unknown = 0
  for (const afterSale of cases) {
    const cost = refundCostOf(afterSale)
    if (cost === undefined) unknown += 1
    else {
      const sum = cost.source === 'refunded' ? actual : estimated
      sum.fen += cost.fen
      sum.count += 1
    }
  }
  return { ...actual, unknown, estimated }
}
