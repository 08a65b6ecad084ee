import type { GoodsFacet, GoodsStage, Parcel } from '#after-sale'
import type { Json } from '../../contract'
import { asArray, asInteger, asObject, asText } from '../../contract'
import { claimedLines, removeQuotes } from './order'
import type { AftersaleStatus, AftersaleType } from '../statuses'
import type { Tracking } from '../wire'

export interface GoodsFacts {
  readonly code: AftersaleStatus
  readonly type: AftersaleType | undefined
  readonly gotParcel: Json | undefined
  /** The list of the parcels of the order. */
  readonly order: Json | undefined
  /** Those that the merchant sent later, for an exchange or a resend. */
  readonly replacements?: readonly (Json | undefined)[]
  readonly returnParcel: Json | undefined
  readonly lines: Json | undefined
}

/**
 * Where the goods are, from what list and detail both report. Without a list of parcels nothing is reported: the facet is replaced
 * whole, and an empty list would remove known parcels.
 */
export function goodsOf(facts: GoodsFacts): GoodsFacet | undefined {
  if (!Array.isArray(facts.order)) return undefined
  const sent = [...asArray(facts.order), ...(facts.replacements ?? [])]
  const sentParcels = sent.map((parcel) => parcelOf(parcel, 'out')).filter((parcel) => parcel !== undefined)
  const returnParcel = parcelOf(facts.returnParcel, 'back')
  return {
    stage: stageOf(facts, returnParcel !== undefined),
    parcels: returnParcel === undefined ? sentParcels : [...sentParcels, returnParcel],
  }
}

/** The order's own states: 4, closed, does not say where the goods are. */
const STAGE_BY_ORDER_STATUS: Readonly<Record<number, GoodsStage>> = {
  2: 'not-shipped',
  3: 'in-transit',
  5: 'delivered',
  255: 'delivered',
}

/**
 * `logistics_state` of the parcels is not used: its enumeration is not proven. Real rows show 3 for parcels that the buyer
 * has, official examples 6, and the numbers of the list's filter `order_logistics_state` mean something else.
 */
function stageOf({ code, type, gotParcel, lines }: GoodsFacts, sentBack: boolean): GoodsStage {
  // 11 and 29 exist only after the buyer has sent the goods; no field shows whether they arrived.
  if (sentBack || code === 11 || code === 29) return 'returning'
  if (asInteger(gotParcel) === 1) return 'delivered'
  if (type === 2) return 'not-shipped'
  for (const line of claimedLines(lines)) {
    const state = STAGE_BY_ORDER_STATUS[asInteger(line.order_status) ?? 0]
    if (state !== undefined) return state
  }
  return 'unknown'
}

function parcelOf(value: Json | undefined, direction: Parcel['direction']): Parcel | undefined {
  const parcel = asObject(value) as Tracking | undefined
  const tracking = removeQuotes(asText(parcel?.tracking_no, 64))
  if (tracking === undefined) return undefined
  const carrier = removeQuotes(asText(parcel?.company_name, 60))
  return { direction, tracking, ...(carrier === undefined ? {} : { carrier }) }
}
