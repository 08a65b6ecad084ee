import type { AfterSaleCase } from './case'
import type { Instant } from './facets'
import type { Truth } from './policies/truth'

/**
 * Whether the buyer has signed for the goods (R011). Goods that come back may be returned or refused at the door; only
 * what was told before, or a parcel of the buyer's own, tells the two apart.
 */
export function signedForOf({ goods, reached }: AfterSaleCase): Truth {
  if (goods?.deliveredAt !== undefined) return 'true'
  switch (goods?.stage) {
    case 'delivered':
      return 'true'
    case 'not-shipped':
    case 'intercepting':
    case 'in-transit':
    case 'refused':
      return 'false'
    case 'returning':
    case 'received':
    case 'inspected-fit':
    case 'inspected-unfit':
      return reached['goods:delivered'] !== undefined || goods.parcels.some((parcel) => parcel.direction === 'back')
        ? 'true'
        : 'unknown'
    default:
      return 'unknown'
  }
}

/**
 * Whether the parcel was shipped so short a time ago that catching it is worth trying (R001). Where nobody told when it
 * was shipped, it was after the payment, and not after the first report of it on its way: that decides some cases and
 * leaves the others open. At the very end of the time it is not too late yet. `within` in ms.
 */
export function shippedWithin(
  { goods, order, reached }: AfterSaleCase,
  shippedAt: Instant | undefined,
  within: number,
  now: Instant,
): Truth {
  if (goods?.stage === 'not-shipped') return 'true'
  const earliest = shippedAt ?? order?.paidAt
  if (earliest !== undefined && now - earliest <= within) return 'true'
  const latest = shippedAt ?? reached['goods:in-transit']
  return latest !== undefined && now - latest > within ? 'false' : 'unknown'
}
