/**
 * The glossary: one word per concept, with the Chinese term beside it. The console shows these texts. Every table is
 * total over its union: a word without both names does not compile.
 */
export interface Term {
  readonly zh: string
  readonly en: string
}

/** What the buyer requests. */
export type Kind = 'refund-only' | 'return-and-refund' | 'exchange' | 'resend' | 'repair'

export const KINDS: Readonly<Record<Kind, Term>> = {
  'refund-only': { zh: '仅退款', en: 'Refund only' },
  'return-and-refund': { zh: '退货退款', en: 'Return and refund' },
  exchange: { zh: '换货', en: 'Exchange' },
  resend: { zh: '补寄', en: 'Resend' },
  repair: { zh: '维修', en: 'Repair' },
}

/** A finer distinction within a kind, made by some marketplaces. */
export type Variant =
  | 'unshipped'
  | 'shipped'
  | 'price-protection'
  | 'cancelled-by-system'
  | 'cancelled-by-buyer'
  | 'replace-instead-of-repair'

export const VARIANTS: Readonly<Record<Variant, Term>> = {
  unshipped: { zh: '未发货', en: 'before shipping' },
  shipped: { zh: '已发货', en: 'after shipping' },
  'price-protection': { zh: '价保', en: 'price protection' },
  'cancelled-by-system': { zh: '系统取消', en: 'cancelled by the system' },
  'cancelled-by-buyer': { zh: '用户取消', en: 'cancelled by the buyer' },
  'replace-instead-of-repair': { zh: '以换代修', en: 'replaced instead of repaired' },
}

/** Whose turn it is. */
export type Turn = 'us' | 'buyer' | 'platform' | 'carrier' | 'nobody'

export const TURNS: Readonly<Record<Turn, Term>> = {
  us: { zh: '待我处理', en: 'Our turn' },
  buyer: { zh: '待买家', en: 'Buyer' },
  platform: { zh: '待平台', en: 'Platform' },
  carrier: { zh: '待物流', en: 'Carrier' },
  nobody: { zh: '已结束', en: 'Finished' },
}

/** Who pays. */
export type Payer = 'merchant' | 'buyer' | 'platform' | 'insurer'

export const PAYERS: Readonly<Record<Payer, Term>> = {
  merchant: { zh: '商家', en: 'merchant' },
  buyer: { zh: '买家', en: 'buyer' },
  platform: { zh: '平台', en: 'platform' },
  insurer: { zh: '保险', en: 'insurer' },
}

/** The parts of an amount (R122: goods money and freight are refunded by different rules). */
export type Leg = 'GOODS' | 'FREIGHT' | 'COMPENSATION'

export const LEGS: Readonly<Record<Leg, Term>> = {
  GOODS: { zh: '货款', en: 'Goods' },
  FREIGHT: { zh: '运费', en: 'Freight' },
  COMPENSATION: { zh: '补偿', en: 'Compensation' },
}
