import type { PaymentMethod } from '../../arrival/terms'
import type { EvidenceLimits } from '../../evidence/limits'
import type { EvidenceRequest } from '../../evidence/places'
import type { EvidenceSubject } from '../../evidence/subjects'
import type { Fen, Instant } from '../../facets'
import type { InterventionGround } from '../../intervention/grounds'

/** One round of negotiation before a rejection (R048–R055), as attested by people and shown by the platform. UTC ms. */
export interface NegotiationRound {
  readonly startedAt: Instant
  readonly repliedAt?: Instant
  /** Until when the buyer may reply; the platform's own deadline where it gives one. */
  readonly replyDue?: Instant
}

/** What is known of one piece of evidence. */
export interface EvidenceFacts {
  readonly hash: string
  readonly kind: 'image' | 'video' | 'document'
  readonly bytes: number
  readonly capturedAt?: Instant
  /** The platform judged it invalid. */
  readonly judgedInvalid?: boolean
  /** The platform judged it too late (R065). */
  readonly judgedLate?: boolean
  /** What it shows, as declared by the person who added it. */
  readonly shows?: EvidenceSubject
  /** Pixels, of pictures and videos. */
  readonly width?: number
  readonly height?: number
}

/** Money that the platform deducted from the merchant in addition to goods and freight (R079). */
export interface Deduction {
  readonly cause: 'compensation' | 'coupon' | 'other'
  readonly amount?: Fen
}

/** What is known in addition to the case when an action is requested. Absent: unknown. */
export interface ActionFacts {
  readonly chatExists?: boolean
  readonly rounds?: readonly NegotiationRound[]
  readonly groupFormed?: boolean
  /** How the order was paid (R112–R116). */
  readonly paymentMethod?: PaymentMethod
  /** One of `GOODS_CATEGORIES`; cases from before that list may have any text here. */
  readonly category?: string
  readonly freeShipping?: boolean
  readonly bulkyGoods?: boolean
  /** Failed appeals of the store, this calendar month and year in the store's zone (R061, R062). */
  readonly failedAppeals?: { readonly month: number; readonly year: number }
  /** Kinds of appeal of this case that are open or were decided. */
  readonly appealed?: readonly string[]
  readonly appealableAmount?: Fen
  /** The platform judged the merchant liable, so the order counts in the dispute refund rate (R072). */
  readonly countedAsDispute?: boolean
  /** Freight that was refunded to the buyer, exact to the fen (R078). */
  readonly freightRefunded?: Fen
  /** What else was deducted; an empty list: nothing was (R079). */
  readonly deductions?: readonly Deduction[]
  readonly returnAddressTold?: boolean
  readonly evidence?: readonly EvidenceFacts[]
  /** The merchant tried to settle it directly first (R144). */
  readonly ownAttempt?: boolean
  /**
   * What the merchant alleges against the buyer: false return, malice, a broken promise (R136–R138); an empty list:
   * nothing.
   */
  readonly grounds?: readonly InterventionGround[]
  /** The buyer did not give the evidence that the platform asked for (R134). */
  readonly buyerEvidenceMissing?: boolean
  /** Work orders and appeals that ask for evidence; what the case itself asks for is in the case (R064). */
  readonly evidenceAsked?: readonly EvidenceRequest[]
  /** The limits of the place to which this action submits evidence, by the marketplace's manifest. */
  readonly evidenceLimits?: EvidenceLimits
  readonly shippedAt?: Instant
  readonly traceMovedAt?: Instant
  /** The reason chosen for the rejection asks for evidence (R056). */
  readonly evidenceWanted?: boolean
  /** The goods can be returned within seven days without reason (R118, R171). */
  readonly sevenDayGoods?: boolean
  /** The refund that the buyer agreed to, fen; the buyer has yet to change the application (R174). */
  readonly agreedRefund?: Fen
  /** The small payment for which the buyer agreed to end the case, fen (R011). */
  readonly agreedPayment?: Fen
  /** Small payments that the back office shows for this case, fen; 0: none. */
  readonly smallPaid?: Fen
  /** What the return cost the buyer, fen, as proved by the buyer (R086). */
  readonly returnFreight?: Fen
  /** There is something to send instead (R085). */
  readonly replacementAtHand?: boolean
}
