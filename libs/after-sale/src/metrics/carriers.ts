import type { AfterSaleCase } from '../case'

/** R101: cases by the carrier of the outbound parcel; `''`: unknown. */
export function casesByCarrier(cases: readonly AfterSaleCase[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const afterSale of cases) {
    const carriers = new Set(
      afterSale.goods?.parcels.flatMap(({ direction, carrier }) =>
        direction === 'out' && carrier !== undefined ? [carrier] : [],
      ),
    )
    for (const carrier of carriers.size === 0 ? [''] : carriers) counts.set(carrier, (counts.get(carrier) ?? 0) + 1)
  }
  return counts
}
