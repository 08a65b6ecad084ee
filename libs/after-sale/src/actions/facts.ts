import type { PaymentMethod } from '../arrival/terms'
import type { EvidenceLimits } from '../evidence/limits'
import type { EvidenceRequest } from '../evidence/places'
import type { EvidenceSubject } from '../evidence/subjects'
import type { Fen, Instant } from '../facets'
import type { InterventionGround } from '../intervention/grounds'

/** One round of negotiation before a rejection (R048–R055), as people attested and the platform showed it. UTC ms. */
export interface NegotiationRound {
  readonly startedAt: Instant
  readonly repliedAt?: Instant
  /** Until when the buyer may reply; the platform's own time where it gives one. */
  readonly replyDue?: Instant
}

/** What was told of one piece of evidence. */
export interface EvidenceFacts {
  readonly hash: string
  readonly kind: 'image' | 'video' | 'document'
  readonly bytes: number
  readonly capturedAt?: Instant
  /** The platform said that it does not count. */
  readonly judgedInvalid?: boolean
  /** The platform said that it came too late (R065). */
  readonly judgedLate?: boolean
  /** What it shows, as the person said who added it. */
  readonly shows?: EvidenceSubject
  /** Pixels, of pictures and videos. */
  readonly width?: number
  readonly height?: number
}

/** Money that the platform took from the merchant outside goods and freight (R079). */
export interface Deduction {
  readonly cause: 'compensation' | 'coupon' | 'other'
  readonly amount?: Fen
}

/** What is known beside the case when somebody asks for an action. Absent: not known. */
export interface ActionFacts {
  readonly chatExists?: boolean
  readonly rounds?: readonly NegotiationRound[]
  readonly groupFormed?: boolean
  /** How the order was paid (R112–R116). */
  readonly paymentMethod?: PaymentMethod
  /** One of `GOODS_CATEGORIES`; cases of before the list may have any text here. */
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
  /** Freight that was refunded to the buyer, to the fen (R078). */
  readonly freightRefunded?: Fen
  /** What else was deducted; an empty list: nothing was (R079). */
  readonly deductions?: readonly Deduction[]
  readonly returnAddressTold?: boolean
  readonly evidence?: readonly EvidenceFacts[]
  /** The merchant tried to settle it himself first (R144). */
  readonly ownAttempt?: boolean
  /** What the merchant says of the buyer: false return, malice, a broken promise (R136–R138); an empty list: none. */
  readonly grounds?: readonly InterventionGround[]
  /** The buyer did not give the evidence that the platform asked of him (R134). */
  readonly buyerEvidenceMissing?: boolean
  /** Work orders and appeals that want evidence; what the case itself wants is in the case (R064). */
  readonly evidenceAsked?: readonly EvidenceRequest[]
  /** What the place takes to which the evidence of this action goes, by the marketplace's manifest. */
  readonly evidenceLimits?: EvidenceLimits
  readonly shippedAt?: Instant
  readonly traceMovedAt?: Instant
  /** The reason chosen for the rejection asks for evidence (R056). */
  readonly evidenceWanted?: boolean
  /** The goods can be returned within seven days without reason (R118, R171). */
  readonly sevenDayGoods?: boolean
  /** What the buyer agreed to have refunded, fen; he has yet to change the application (R174). */
  readonly agreedRefund?: Fen
  /** The small payment for which the buyer agreed to end the case, fen (R011). */
  readonly agreedPayment?: Fen
  /** Small payments that the back office shows for this case, fen; 0: none. */
  readonly smallPaid?: Fen
  /** What the return cost the buyer, fen, as he showed it (R086). */
  readonly returnFreight?: Fen
  /** There is something to send instead (R085). */
  readonly replacementAtHand?: boolean
}
