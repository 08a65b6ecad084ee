import type { DisputeRail, GoodsStage, MoneyRail } from './glossary/rails'
import type { Outcome, Status } from './glossary/status'
import type { Kind, Leg, Variant } from './glossary/vocabulary'

/** Integer fen (0.01 CNY), never negative. */
export type Fen = number
/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number

/** Where the case stands, in our word and the marketplace's code. */
export interface StatusFacet {
  readonly status: Status
  readonly outcome?: Outcome
  /** The marketplace's own code, for people and for detecting drift. */
  readonly raw: string
}

/** What the buyer requests. */
export interface KindFacet {
  readonly kind: Kind
  readonly variant?: Variant
}

/**
 * The requested amount. `legs` are the parts that the marketplace reports; the total is its own figure, not our sum.
 */
export interface AmountsFacet {
  readonly total: Fen
  readonly legs: Readonly<Partial<Record<Leg, Fen>>>
}

/**
 * An amount in addition to the requested one. Agreed and refunded are separate facets, so that a report that lacks one
 * of them cannot erase it.
 */
export interface AmountFacet {
  readonly total: Fen
}

/** The reason in the buyer's or the marketplace's words. */
export interface ReasonFacet {
  readonly text: string
}

/**
 * The reason as the marketplace's number. A separate facet, because some messages contain only the words or only the
 * number.
 */
export interface ReasonCodeFacet {
  readonly code: string
}

/**
 * The deadline that the marketplace shows. It belongs to the status that it was shown with. `null`: none is running.
 */
export interface DeadlineFacet {
  readonly due: Instant | null
  readonly forRaw: string
}

/** One line of the order that the case is about. Amounts in fen. */
export interface Line {
  readonly lineId: string
  readonly title?: string
  readonly sku?: string
  readonly quantity?: number
  /** What the buyer paid for this line. Whether it includes `freight` differs between marketplaces. */
  readonly paid?: Fen
  /** What the buyer paid for shipping this line, where the marketplace reports it. */
  readonly freight?: Fen
}

/** The order of the case; `lines` only those that the case is about. Amounts in fen, instants in UTC ms. */
export interface OrderFacet {
  readonly orderNumber: string
  readonly lines: readonly Line[]
  readonly paid?: Fen
  /** When the buyer paid (R158: a service that was on at that time stays with the order). */
  readonly paidAt?: Instant
}

/** A parcel to the buyer (`out`) or from the buyer (`back`). */
export interface Parcel {
  readonly direction: 'out' | 'back'
  readonly tracking: string
  readonly carrier?: string
  readonly state?: string
}

/** Where the goods are, with their parcels. */
export interface GoodsFacet {
  readonly stage: GoodsStage
  readonly parcels: readonly Parcel[]
  /**
   * When the carrier delivered the goods to the buyer, where the marketplace reports it (R163). Kept when they are
   * returned.
   */
  readonly deliveredAt?: Instant
}

/** The buyer, sealed: masks for display, keyed hashes for search, the rest only with the key (R053, R169). */
export interface BuyerFacet {
  readonly sealed: string
  readonly nameMask?: string
  readonly phoneMask?: string
  readonly nameHash?: string
  readonly phoneHash?: string
  readonly phoneTailHash?: string
}

/**
 * What one report can contain about a case. A report contains some facets; each facet is merged separately, newest
 * revision first, so that reports may arrive in any order, any number of times, from any channel.
 */
export interface Facets {
  readonly status: StatusFacet
  readonly kind: KindFacet
  /** What the buyer requests. */
  readonly amounts: AmountsFacet
  /** The refund that the merchant or the platform agreed to. */
  readonly amountAgreed: AmountFacet
  /**
   * What was actually refunded to the buyer, as the marketplace reports it; never derived from the requested amount.
   */
  readonly amountRefunded: AmountFacet
  readonly reason: ReasonFacet
  readonly reasonCode: ReasonCodeFacet
  readonly deadline: DeadlineFacet
  readonly order: OrderFacet
  readonly goods: GoodsFacet
  readonly money: MoneyRail
  readonly dispute: DisputeRail
  readonly buyer: BuyerFacet
  /** The marketplace's own flags, e.g. `speed-refund`, `assistant:return-agreed`; sorted, for people and policies. */
  readonly flags: readonly string[]
}

export type FacetName = keyof Facets

export const FACET_NAMES: readonly FacetName[] = [
  'status',
  'kind',
  'amounts',
  'amountAgreed',
  'amountRefunded',
  'reason',
  'reasonCode',
  'deadline',
  'order',
  'goods',
  'money',
  'dispute',
  'buyer',
  'flags',
]
