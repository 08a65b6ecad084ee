import type { GoodsFacet, Parcel } from '#after-sale'

export interface GoodsFacts {
  readonly code: number
  readonly returnParcel: Parcel | undefined
  readonly sentParcel?: Parcel | undefined
  /** `undefined`: not reported. */
  readonly isShipped?: boolean | undefined
  /** Whether the buyer claims to have received the goods; the only source. */
  readonly buyersClaim?: 'received' | 'not-received' | undefined
}

/** The goods rail, by return parcel, status code, shipping flag and the buyer's claim, in this order of precedence. */
export function goodsOf({
  code,
  returnParcel,
  sentParcel,
  isShipped,
  buyersClaim,
}: GoodsFacts): GoodsFacet | undefined {
  const parcels = [returnParcel, sentParcel].filter((parcel) => parcel !== undefined)
  if (returnParcel !== undefined) return { stage: 'returning', parcels }
  if (code === 33) return { stage: 'intercepting', parcels }
  if (code === 31) return { stage: 'in-transit', parcels }
  if (isShipped === undefined) return undefined
  if (!isShipped) return { stage: 'not-shipped', parcels }
  if (buyersClaim === 'received') return { stage: 'delivered', parcels }
  return { stage: buyersClaim === 'not-received' ? 'in-transit' : 'unknown', parcels }
}
