import type { GoodsFacet, Parcel } from '#after-sale'

export interface GoodsFacts {
  readonly code: number
  readonly back: Parcel | undefined
  readonly out?: Parcel | undefined
  /** `undefined`: not reported. */
  readonly shipped?: boolean | undefined
  /** Whether the buyer claims to have received the goods; the only source. */
  readonly claimed?: 'received' | 'not-received' | undefined
}

/** The goods rail, by return parcel, status code, shipping flag and the buyer's claim, in this order of precedence. */
export function goodsOf({ code, back, out, shipped, claimed }: GoodsFacts): GoodsFacet | undefined {
  const parcels = [back, out].filter((parcel) => parcel !== undefined)
  if (back !== undefined) return { stage: 'returning', parcels }
  if (code === 33) return { stage: 'intercepting', parcels }
  if (code === 31) return { stage: 'in-transit', parcels }
  if (shipped === undefined) return undefined
  if (!shipped) return { stage: 'not-shipped', parcels }
  if (claimed === 'received') return { stage: 'delivered', parcels }
  return { stage: claimed === 'not-received' ? 'in-transit' : 'unknown', parcels }
}
