/** The records of the simulated marketplaces. Status and type codes are the platforms' own; money is fen, instants are epoch ms. */

export const caseKinds = [
  'refund-only-unshipped',
  'refund-only-shipped',
  'return-and-refund',
  'exchange',
  'resend',
  'repair',
] as const
export type CaseKind = (typeof caseKinds)[number]

/** Who acts on a case. `system`: the platform's own deadlines and assistants; `platform-agent`: its customer service. */
export type Actor = 'buyer' | 'merchant' | 'platform-agent' | 'system'

export interface Parcel {
  readonly carrierId: number
  readonly carrierCode: string
  readonly carrierName: string
  readonly trackingNumber: string
  readonly sentMs: number
}

export interface Buyer {
  readonly name: string
  readonly phone: string
  readonly province: string
  readonly provinceId: string
  readonly city: string
  readonly cityId: string
  readonly town: string
  readonly townId: string
  readonly address: string
}

export interface OrderLine {
  readonly number: string
  readonly goodsId: string
  readonly skuId: string
  readonly goodsName: string
  readonly spec: string
  readonly image: string
  /** Of one piece. */
  readonly priceFen: number
  readonly quantity: number
}

export interface Order {
  readonly marketplace: string
  readonly number: string
  readonly shopId: string
  readonly buyer: Buyer
  readonly lines: readonly OrderLine[]
  readonly freightFen: number
  readonly discountFen: number
  readonly paidMs: number
  /** null while the group has not formed. */
  readonly groupFormedMs: number | null
  readonly parcel: Parcel | null
  readonly caseNumbers: readonly string[]
}

/** A buyer's request that the platform decides between buyer and merchant. */
export interface Dispute {
  readonly id: string
  /** The platform's own code. */
  readonly status: number
  /** 0 open, 1 for the buyer, 2 for the merchant, 3 for the buyer with immediate refund. */
  readonly conclusion: number
  readonly openedMs: number
  readonly changedMs: number
  readonly deadlineMs: number | null
  readonly evidence: readonly string[]
}

/** What really happened, counted: the oracle for "nothing twice". */
export interface Effects {
  readonly refundsOrdered: number
  readonly refundsPaid: number
  readonly refundedFen: number
  readonly returnsAgreed: number
  readonly refusals: number
  readonly parcelsSent: number
  readonly evidenceSubmitted: number
}

export const noEffects: Effects = {
  refundsOrdered: 0,
  refundsPaid: 0,
  refundedFen: 0,
  returnsAgreed: 0,
  refusals: 0,
  parcelsSent: 0,
  evidenceSubmitted: 0,
}

export interface CaseRecord {
  readonly marketplace: string
  readonly number: string
  /** Counts applications of this world; the key of every draw about this case. */
  readonly sequence: number
  readonly shopId: string
  readonly orderNumber: string
  readonly line: OrderLine
  readonly kind: CaseKind
  /** The platform's own type code of a case that is no application of a buyer. */
  readonly specialType: number | null
  readonly status: number
  readonly reason: string
  readonly reasonCode: number
  readonly remark: string
  readonly images: readonly string[]
  readonly quantity: number
  /** What the buyer is to get, freight included. */
  readonly refundFen: number
  readonly freightFen: number
  readonly createdMs: number
  /** The last application: it moves when the buyer changes and re-submits. */
  readonly appliedMs: number
  readonly updatedMs: number
  /** When the platform moves the case by itself. */
  readonly dueMs: number | null
  readonly finalMs: number | null
  /** 0 no money, 1 asked for, 2 ordered, 3 paid. */
  readonly refundStatus: number
  /** Who decided on the refund: 0 a person, 1 a fast refund, 2 the assistant, 3 a fast refund after shipment. */
  readonly refundWay: number
  /** Automatic decisions that `refundWay` does not show, by the platform's own numbers. */
  readonly autoAudit?: readonly number[]
  /** The platform has paid with its own money. */
  readonly advanced?: true
  readonly speedRefund: boolean
  /** It claims a special right, and is announced differently. */
  readonly specialRight: boolean
  readonly gotGoods: boolean
  readonly returnParcel: Parcel | null
  readonly sentParcel: Parcel | null
  readonly parcelRefusalAgreed: boolean
  readonly recall: boolean
  readonly dispute: Dispute | null
  readonly lastActor: Actor
  readonly shopRemarks: readonly { readonly atMs: number; readonly text: string }[]
  readonly log: readonly { readonly atMs: number; readonly by: Actor; readonly text: string }[]
  readonly revision: number
  /** A quiet case is moved by the platform and the API only. */
  readonly quiet: boolean
  readonly effects: Effects
}
