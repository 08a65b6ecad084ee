import type { ActionFacts } from './actions/facts/facts'
import type { Intent } from './actions/intents/intent'
import type { Appeal } from './appeals/appeal-lifecycle'
import type {
  AmountFacet,
  AmountsFacet,
  BuyerFacet,
  DeadlineFacet,
  FacetName,
  GoodsFacet,
  Instant,
  KindFacet,
  OrderFacet,
  ReasonCodeFacet,
  ReasonFacet,
  StatusFacet,
} from './facets'
import type { Erasure } from './erasure/erasure'
import type { DeadlineKind } from './deadlines/deadline-kinds'
import type { DisputeRail, MoneyRail } from './glossary/rails'
import type { Stamp } from './reports/stamp'

/**
 * Which case, at which store, of which marketplace, for which organisation. All ids are strings; case numbers are the
 * platforms' own.
 */
export interface CaseIdentity {
  readonly organisation: string
  readonly store: string
  readonly marketplace: string
  readonly caseNumber: string
}

/**
 * One after-sale request at one marketplace, as far as it is known. A facet that was never reported is absent. `stamps`
 * say how new each facet is.
 */
export interface AfterSaleCase extends CaseIdentity {
  readonly version: number
  readonly openedAt: Instant
  readonly appliedAt?: Instant
  /** The buyer's first reason; it never changes (R172). */
  readonly firstReason?: ReasonFacet
  readonly firstReasonCode?: ReasonCodeFacet
  /**
   * The earliest revision that reported the first reason and its code. The key is persisted: renaming it needs a new
   * `FOLD_VERSION`.
   */
  readonly firstSaid: { readonly reason?: Instant; readonly reasonCode?: Instant }
  readonly status?: StatusFacet
  readonly kind?: KindFacet
  /** Asked, agreed and actually refunded are three facts; see `askedOf`, `agreedOf` and `refundedOf`. */
  readonly amounts?: AmountsFacet
  readonly amountAgreed?: AmountFacet
  readonly amountRefunded?: AmountFacet
  readonly reason?: ReasonFacet
  readonly reasonCode?: ReasonCodeFacet
  readonly deadline?: DeadlineFacet
  readonly order?: OrderFacet
  readonly goods?: GoodsFacet
  readonly money?: MoneyRail
  readonly dispute?: DisputeRail
  readonly buyer?: BuyerFacet
  /** The buyer's personal data was erased; reports no longer bring it back. */
  readonly erased?: Erasure
  readonly flags?: readonly string[]
  readonly stamps: Readonly<Partial<Record<FacetName, Stamp>>>
  /** When the platform first reported each stage, e.g. `status:6`, `money:refunded`: the earliest such revision. */
  readonly reached: Readonly<Record<string, Instant>>
  /** Deadlines that passed, with their due time. */
  readonly passed: Readonly<Partial<Record<DeadlineKind, Instant>>>
  /** Actions requested by people and strategies, oldest first; absent where there were none. */
  readonly intents?: readonly Intent[]
  /** Appeals that were filed, oldest first; absent where there were none. */
  readonly appeals?: readonly Appeal[]
  /** Facts attested by people in addition to the marketplace's; absent: none. */
  readonly facts?: ActionFacts
  /** The newest report, whatever it contained. */
  readonly lastSeen?: Stamp
}

/** Raised whenever `evolve` or this shape changes: rows folded by an older version are refolded from their events. */
export const FOLD_VERSION = 3
