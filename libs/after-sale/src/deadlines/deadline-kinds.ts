import type { Term, Turn } from '../glossary/vocabulary'

/** Every obligation with a due time, named by who must act and what for. */
export type DeadlineKind =
  | 'SELLER_RESPONSE'
  | 'SELLER_RECEIPT'
  | 'SELLER_SHIPMENT'
  | 'SELLER_RECALL'
  | 'BUYER_RETURN'
  | 'BUYER_RESPONSE'
  | 'BUYER_RECEIPT'
  | 'EVIDENCE'
  | 'REFUND_ARRIVAL'

/** Where a due time comes from. The platform's own time wins over a derived one, and that over a default. */
export type DeadlineSource = 'OBSERVED' | 'DERIVED' | 'ASSUMED'

/** What the platform does when the deadline is missed. */
export type Breach =
  | 'platform-refunds'
  | 'platform-accepts-demand'
  | 'case-closes'
  | 'counts-as-received'
  | 'evidence-closes'
  | 'refund-is-late'

interface DeadlineTerm extends Term {
  readonly turn: Turn
}

/** The name of each deadline, and whose turn it is until then. */
export const DEADLINES: Readonly<Record<DeadlineKind, DeadlineTerm>> = {
  SELLER_RESPONSE: { zh: '商家处理时限', en: 'Merchant must respond', turn: 'us' },
  SELLER_RECEIPT: { zh: '商家收货时限', en: 'Merchant must confirm the return', turn: 'us' },
  SELLER_SHIPMENT: { zh: '商家发货时限', en: 'Merchant must ship', turn: 'us' },
  SELLER_RECALL: { zh: '商家召回时限', en: 'Merchant must recall the parcel', turn: 'us' },
  BUYER_RETURN: { zh: '买家退货时限', en: 'Buyer must send back', turn: 'buyer' },
  BUYER_RESPONSE: { zh: '买家响应时限', en: 'Buyer must respond', turn: 'buyer' },
  BUYER_RECEIPT: { zh: '买家收货时限', en: 'Buyer must confirm receipt', turn: 'buyer' },
  EVIDENCE: { zh: '举证时限', en: 'Evidence must be in', turn: 'us' },
  REFUND_ARRIVAL: { zh: '退款到账时限', en: 'Refund should arrive', turn: 'platform' },
}

export const SOURCES: Readonly<Record<DeadlineSource, Term>> = {
  OBSERVED: { zh: '平台给出', en: 'given by the platform' },
  DERIVED: { zh: '规则推算', en: 'derived from a rule' },
  ASSUMED: { zh: '默认估计', en: 'assumed default' },
}

/** The consequences of a missed deadline, for people. */
export const BREACHES: Readonly<Record<Breach, Term>> = {
  'platform-refunds': { zh: '平台自动退款', en: 'the platform refunds' },
  'platform-accepts-demand': { zh: '平台按买家诉求处理', en: 'the platform grants what the buyer asks' },
  'case-closes': { zh: '售后自动关闭', en: 'the case closes' },
  'counts-as-received': { zh: '视为已收货', en: 'counts as received' },
  'evidence-closes': { zh: '举证关闭', en: 'evidence is no longer accepted' },
  'refund-is-late': { zh: '退款未按时到账', en: 'the refund is late' },
}
