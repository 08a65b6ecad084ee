import type { GoodsFacet, GoodsStage, Instant, Parcel } from '#after-sale'
import type { Json } from '../contract'
import { asArray, asInteger, asObject, asText, instantOfSeconds } from '../contract'
import { linesOf, unquoted } from './order'
import type { AftersaleStatus, AftersaleType } from './statuses'
import type { Tracking } from './wire'

export interface GoodsFacts {
  readonly code: AftersaleStatus
  readonly type: AftersaleType | undefined
  readonly gotParcel: Json | undefined
  /** The parcels of the order. */
  readonly order: readonly (Json | undefined)[]
  /** Those that the merchant sent later, for an exchange or a resend. */
  readonly later?: readonly (Json | undefined)[]
  readonly back: Json | undefined
  readonly lines: Json | undefined
}

/** Where the goods are, from what list and detail both tell. */
export function goodsOf(facts: GoodsFacts): GoodsFacet {
  const sent = [...facts.order, ...(facts.later ?? [])]
  const out = sent.map((parcel) => parcelOf(parcel, 'out')).filter((parcel) => parcel !== undefined)
  const back = parcelOf(facts.back, 'back')
  const deliveredAt = signedAt(facts.order)
  return {
    stage: stageOf(facts, back !== undefined),
    parcels: back === undefined ? out : [...out, back],
    ...(deliveredAt === undefined ? {} : { deliveredAt }),
  }
}

const SIGNED = 2

/** When the last parcel of the order was signed for; not told while one of them is not, or where a time is missing. */
function signedAt(parcels: GoodsFacts['order']): Instant | undefined {
  let last: Instant | undefined
  for (const told of parcels) {
    if (parcelOf(told, 'out') === undefined) continue
    const parcel = asObject(told) as Tracking
    const at = asInteger(parcel.logistics_state) === SIGNED ? instantOfSeconds(parcel.logistics_time) : undefined
    if (at === undefined) return undefined
    last = Math.max(last ?? 0, at)
  }
  return last
}

/** Official states of the order's parcel when it is refused at the door (facts B5); others are kept as they came. */
const DOOR: Readonly<Record<number, GoodsStage>> = { 1: 'refused', 2: 'delivered', 3: 'returning', 4: 'received' }
/** The order's own states (facts B5): 4, closed, does not say where the goods are. */
const ORDER: Readonly<Record<number, GoodsStage>> = {
  2: 'not-shipped',
  3: 'in-transit',
  5: 'delivered',
  255: 'delivered',
}

function stageOf({ code, type, gotParcel, order, later = [], lines }: GoodsFacts, sentBack: boolean): GoodsStage {
  // 11 and 29 exist only after the buyer has sent the goods; whether they arrived nobody tells.
  if (sentBack || code === 11 || code === 29) return 'returning'
  for (const parcel of [...order, ...later]) {
    const state = DOOR[asInteger((asObject(parcel) as Tracking | undefined)?.logistics_state) ?? 0]
    if (state !== undefined) return state
  }
  if (asInteger(gotParcel) === 1) return 'delivered'
  if (type === 2) return 'not-shipped'
  for (const line of linesOf(lines)) {
    const state = ORDER[asInteger(line.order_status) ?? 0]
    if (state !== undefined) return state
  }
  return 'unknown'
}

function parcelOf(told: Json | undefined, direction: Parcel['direction']): Parcel | undefined {
  const parcel = asObject(told) as Tracking | undefined
  const tracking = unquoted(asText(parcel?.tracking_no, 64))
  if (tracking === undefined) return undefined
  const carrier = unquoted(asText(parcel?.company_name, 60))
  const state = asInteger(parcel?.logistics_state)
  return {
    direction,
    tracking,
    ...(carrier === undefined ? {} : { carrier }),
    ...(state === undefined || state === 0 ? {} : { state: String(state) }),
  }
}

export const parcelsOf = (told: Json | undefined): readonly Json[] => asArray(told)
