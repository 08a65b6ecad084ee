import type { Fen } from '../facets'

/** A piece of evidence, stored by us under its content hash; the connector decides how it is handed over. */
export interface EvidenceReference {
  /** SHA-256 of the bytes, lower hex. */
  readonly hash: string
  readonly kind: 'image' | 'video' | 'document'
}

/** A parcel as a marketplace identifies it. */
export interface Shipment {
  /** The marketplace's own word for the carrier. */
  readonly carrier: string
  readonly carrierName?: string
  readonly tracking: string
}

/** What a rejection must carry (R036, R056). */
export interface Rejection {
  readonly reasonCode?: string
  readonly reason: string
  readonly explanation: string
  readonly evidence: readonly EvidenceReference[]
}

/** The four kinds of appeal (R067–R080). The liability appeal moves only the rate, the money appeals only money. */
export type AppealKind = 'liability' | 'goods-money' | 'freight' | 'other'

/** One item of an appeal: what is appealed, how much is claimed, and the explanation. */
export interface AppealItem {
  readonly kind: AppealKind
  /** What is claimed back, fen; a liability appeal claims none. */
  readonly amount?: Fen
  readonly text: string
}

/** An action with everything that it needs. Texts go to the buyer or the platform unchanged. Amounts in fen. */
export type Action =
  | { readonly name: 'approve-return'; readonly addressId?: string; readonly note?: string }
  | { readonly name: 'approve-refund'; readonly note?: string }
  | { readonly name: 'approve-exchange'; readonly addressId?: string }
  | { readonly name: 'approve-resend' }
  | { readonly name: 'approve-repair'; readonly sendBack: boolean; readonly addressId?: string }
  | { readonly name: 'ship-exchange'; readonly shipment: Shipment }
  | ({ readonly name: 'reject' } & Rejection)
  | { readonly name: 'turn-into-refund' }
  | { readonly name: 'propose-amount'; readonly amount: Fen; readonly text: string }
  | { readonly name: 'intercept'; readonly shipment: Shipment }
  | { readonly name: 'approve-refusal' }
  | { readonly name: 'send-small-payment'; readonly amount: Fen; readonly text: string }
  | {
      readonly name: 'negotiate'
      readonly plan: string
      readonly text: string
      readonly evidence: readonly EvidenceReference[]
    }
  | { readonly name: 'submit-evidence'; readonly text: string; readonly evidence: readonly EvidenceReference[] }
  | { readonly name: 'answer-work-order'; readonly text: string; readonly evidence: readonly EvidenceReference[] }
  | { readonly name: 'request-intervention'; readonly text: string; readonly evidence: readonly EvidenceReference[] }
  | { readonly name: 'appeal'; readonly items: readonly AppealItem[]; readonly evidence: readonly EvidenceReference[] }
  | { readonly name: 'withdraw-appeal' }
  | { readonly name: 'confirm-receipt'; readonly shipment?: Shipment; readonly fit: boolean }
  | { readonly name: 'extend-time' }
  | { readonly name: 'add-remark'; readonly text: string }
  | { readonly name: 'cancel-sending' }
