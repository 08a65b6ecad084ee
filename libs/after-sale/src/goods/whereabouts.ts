import type { AfterSaleCase } from '../case'
import type { Instant } from '../facets'
import type { Truth } from '../truth'

/**
 * Whether the buyer has signed for the goods (R011). Goods that come back may be returned or refused at the door; only
 * an earlier report, or a parcel sent by the buyer, distinguishes the two.
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
 * Until when intercepting the parcel is worth trying: `surely` is the earliest possible end, `possibly` the latest. UTC
 * ms; absent: unknown.
 */
export interface InterceptableUntil {
  readonly surely?: Instant
  readonly possibly?: Instant
}

/**
 * R001: until `within` ms after shipping. Where the shipping time is unknown, it was after the payment, and not after
 * the first report that it was in transit.
 */
export function interceptableUntil(
  { order, reached }: AfterSaleCase,
  shippedAt: Instant | undefined,
  within: number,
): InterceptableUntil {
  const earliest = shippedAt ?? order?.paidAt
  const latest = shippedAt ?? reached['goods:in-transit']
  return {
    ...(earliest === undefined ? {} : { surely: earliest + within }),
    ...(latest === undefined ? {} : { possibly: latest + within }),
  }
}

/**
 * Whether the parcel was shipped so recently that intercepting it is worth trying (R001). Not shipped yet counts as
 * recent. The end of the period is exclusive, as with every deadline.
 */
export function shippedWithin(
  afterSale: AfterSaleCase,
  shippedAt: Instant | undefined,
  within: number,
  now: Instant,
): Truth {
  if (afterSale.goods?.stage === 'not-shipped') return 'true'
  const { surely, possibly } = interceptableUntil(afterSale, shippedAt, within)
  if (surely !== undefined && now < surely) return 'true'
  return possibly !== undefined && now >= possibly ? 'false' : 'unknown'
}
