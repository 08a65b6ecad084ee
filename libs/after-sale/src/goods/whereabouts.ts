import type { AfterSaleCase } from '../case'
import type { Instant } from '../facets'
import type { Truth } from '../truth'

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

/** Until when, at least and at most, catching the parcel is worth trying. UTC ms; absent: nobody can tell. */
export interface CatchableUntil {
  readonly surely?: Instant
  readonly possibly?: Instant
}

/**
 * R001: until so long after shipping. Where nobody told when it was shipped, it was after the payment, and not after the
 * first report of it on its way. `within` in ms.
 */
export function catchableUntil(
  { order, reached }: AfterSaleCase,
  shippedAt: Instant | undefined,
  within: number,
): CatchableUntil {
  const earliest = shippedAt ?? order?.paidAt
  const latest = shippedAt ?? reached['goods:in-transit']
  return {
    ...(earliest === undefined ? {} : { surely: earliest + within }),
    ...(latest === undefined ? {} : { possibly: latest + within }),
  }
}

/**
 * Whether the parcel was shipped so short a time ago that catching it is worth trying (R001). A waybill that was only
 * printed is the shortest of all. At the very end of the time it is too late, as with every deadline.
 */
export function shippedWithin(
  afterSale: AfterSaleCase,
  shippedAt: Instant | undefined,
  within: number,
  now: Instant,
): Truth {
  if (afterSale.goods?.stage === 'not-shipped') return 'true'
  const { surely, possibly } = catchableUntil(afterSale, shippedAt, within)
  if (surely !== undefined && now < surely) return 'true'
  return possibly !== undefined && now >= possibly ? 'false' : 'unknown'
}
