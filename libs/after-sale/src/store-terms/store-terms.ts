import type { AmountLimits } from '../actions/guards/amount-limits'
import type { AppealTerms } from '../appeals/terms'
import type { EvidenceTerms } from '../evidence/terms'
import type { Fen, Instant } from '../facets'
import type { GroupTerms } from '../group/terms'
import type { NegotiationTerms } from '../negotiation/terms'
import type { OutgoingTextTerms } from '../texts/terms'
import type { Sourced } from '../sourced'

/** A span during which a service of the platform was switched on; `until` absent: still on. UTC ms (R155–R158). */
export interface ServiceSpan {
  readonly from: Instant
  readonly until?: Instant
}

/** Minutes of a day, `from` inclusive, `to` exclusive: 540–1080 is 09:00–18:00. */
export interface Hours {
  readonly from: number
  readonly to: number
}

/** When the people of a store work: hours by weekday (0 Sunday … 6 Saturday), in the store's time zone. */
export interface WorkingWeek {
  readonly days: Readonly<Record<0 | 1 | 2 | 3 | 4 | 5 | 6, readonly Hours[]>>
}

/**
 * Public holidays and make-up working days of the years that the State Council has published, `YYYY-MM-DD`. A year that
 * is not in `years` is *not published yet*: whether one of its days is a holiday is unknown, not false.
 */
export interface HolidayCalendar {
  readonly years: readonly number[]
  readonly holidays: readonly string[]
  readonly makeUpDays: readonly string[]
}

/** What a reason is about, by a table that the merchant can edit; a reason that is not in it is unknown. */
export type ReasonClass =
  'no-reason' | 'quality' | 'wrong-goods' | 'not-as-described' | 'damaged' | 'logistics' | 'other'

/** One row of the table of reasons. */
export interface ReasonRule {
  /** The marketplace's code, or a substring of its words; the first matching rule decides. */
  readonly code?: string
  readonly words?: string
  readonly class: ReasonClass
}

/**
 * Everything about one store that policies need and no case contains. A versioned document; see `defaultStoreTerms`.
 */
export interface StoreTerms {
  /** Minutes east of UTC; China has no summer time. */
  readonly zoneMinutes: number
  readonly week: WorkingWeek
  readonly holidays: HolidayCalendar
  readonly reasons: readonly ReasonRule[]
  /** The marketplace's id of the store's return address; absent: none set (R063). */
  readonly returnAddressId?: string
  /** The platform's advance refund (R149, R155–R158). */
  readonly advanceRefund: readonly ServiceSpan[]
  readonly advanceRefundLimit: Sourced<Fen>
  /** The window of returns without reason, days from delivery (R118, R163). */
  readonly noReasonDays: Sourced<number>
  /** Categories that allow a refund on refusal (R007), best by the names of `GOODS_CATEGORIES`; absent: not known. */
  readonly refusalCategories?: readonly string[]
  /** How long after shipping an interception is still worth trying, ms (R001: "just shipped", no number given). */
  readonly interceptWithin: Sourced<number>
  /** Absent: `DEFAULT_EVIDENCE_TERMS`. */
  readonly evidence?: EvidenceTerms
  /** Absent: `DEFAULT_APPEAL_TERMS`. */
  readonly appeals?: AppealTerms
  /** Negotiation before a rejection (R014–R016, R048–R055); absent: the store's marketplace has no such tool. */
  readonly negotiation?: NegotiationTerms
  /** Orders of a group (R109–R111); absent: the store's marketplace has none. */
  readonly group?: GroupTerms
  /**
   * A parcel without tracking events for longer than this counts as stalled, ms (R050 names no number); absent: our
   * default.
   */
  readonly stalledAfter?: Sourced<number>
  /** The highest amounts that may be entered; absent: `DEFAULT_AMOUNT_LIMITS`. */
  readonly amountLimits?: AmountLimits
  /** Purchases of freight insurance, each a week unless `until` says otherwise (R129); absent: none known. */
  readonly freightInsurance?: readonly ServiceSpan[]
  /** What texts of this store may and may not mention (R127); absent: our default. */
  readonly outgoing?: OutgoingTextTerms
}
