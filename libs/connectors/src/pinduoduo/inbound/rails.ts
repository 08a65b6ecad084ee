import type { DisputeRail, GoodsFacet, Kind, MoneyRail, Parcel } from '#after-sale'
import { STATUSES } from '#after-sale'
import type { StatusWord } from '../statuses'
import { asksForMoney } from '../statuses'

/** How far a speed refund (极速退款) got. The list tells it; the detail tells only that there is one. */
export type SpeedRefund = 'none' | 'paid' | 'not-paid' | 'untold'

/**
 * The money rail by the code. A speed refund that succeeded has reached the buyer whatever the code says; nobody tells
 * whose money it was, so no payer is named and it is not called an advance. Where only "it is a speed refund" is
 * known, an open code does not tell whether the money is gone: nothing is said. Exchange, resend and repair move no money.
 */
export function moneyOf(word: StatusWord, kind: Kind, speed: SpeedRefund): MoneyRail | undefined {
  if (!asksForMoney(kind)) return { stage: 'none' }
  if (word.money === 'refunded' || speed === 'paid') return { stage: 'refunded' }
  if (speed === 'untold') return undefined
  return { stage: word.money }
}

/** Whether the platform has stepped in: `undefined` where the message cannot tell. */
export function disputeOf(code: number, word: StatusWord, steppedIn: boolean | undefined): DisputeRail | undefined {
  if (code === 8) return { stage: 'platform-intervened' }
  if (code === 9) return { stage: 'ruled-for-merchant' }
  if (steppedIn === undefined) return undefined
  if (!steppedIn) return { stage: 'none' }
  // Without an intervention 5 is also how an overdue case is refunded; only with one it is a ruling.
  if (code === 5) return { stage: 'ruled-for-buyer' }
  if (code === 11) return { stage: 'cancelled' }
  // An ended case does not tell which way the platform ruled.
  return STATUSES[word.status].final ? undefined : { stage: 'platform-intervened' }
}

export interface Whereabouts {
  readonly code: number
  readonly back: Parcel | undefined
  readonly out?: Parcel | undefined
  /** `undefined`: not told. */
  readonly shipped?: boolean | undefined
  /** What the buyer ticked: received or not. A claim, but the only word there is. */
  readonly claimed?: 'received' | 'not-received' | undefined
}

/** The goods rail: where the goods are by code, return parcel and shipping mark, in this order of weight. */
export function goodsOf({ code, back, out, shipped, claimed }: Whereabouts): GoodsFacet | undefined {
  const parcels = [back, out].filter((parcel) => parcel !== undefined)
  if (back !== undefined) return { stage: 'returning', parcels }
  if (code === 33) return { stage: 'intercepting', parcels }
  if (code === 31) return { stage: 'in-transit', parcels }
  if (shipped === undefined) return undefined
  if (!shipped) return { stage: 'not-shipped', parcels }
  if (claimed === 'received') return { stage: 'delivered', parcels }
  return { stage: claimed === 'not-received' ? 'in-transit' : 'unknown', parcels }
}
