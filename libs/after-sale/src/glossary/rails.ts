import type { Payer, Term } from './vocabulary'

/**
 * Where the goods are: the first of three rails, beside money and dispute. They run in parallel, because a speed refund pays
 * before the goods come back (R004), an advance refund is the platform's money (R148), and an appeal may change only a metric
 * (R068).
 */
export type GoodsStage =
  | 'unknown'
  | 'not-shipped'
  | 'intercepting'
  | 'in-transit'
  | 'delivered'
  | 'refused'
  | 'returning'
  | 'received'
  | 'inspected-fit'
  | 'inspected-unfit'

/** How far the refund got. */
export type MoneyStage =
  'none' | 'asked' | 'advanced' | 'refunding' | 'refunded' | 'partly-refunded' | 'recovered' | 'failed'

/** How far a dispute got, from negotiation to the decision on an appeal. */
export type DisputeStage =
  | 'none'
  | 'negotiating'
  | 'rejected'
  | 'platform-intervened'
  | 'evidence-wanted'
  | 'evidence-given'
  | 'ruled-for-buyer'
  | 'ruled-for-merchant'
  | 'cancelled'
  | 'appealed'
  | 'decided'

/** How far the refunded money got, and whose money it is. */
export interface MoneyRail {
  readonly stage: MoneyStage
  readonly payer?: Payer
}

/** How far a dispute got. */
export interface DisputeRail {
  readonly stage: DisputeStage
  /** The platform's id of the arbitration, where it gives one. */
  readonly id?: string
  /** Until when the platform accepts our evidence, UTC ms (R125: none is accepted afterwards). */
  readonly evidenceDue?: number
}

export const GOODS_STAGES: Readonly<Record<GoodsStage, Term>> = {
  unknown: { zh: '未知', en: 'Unknown' },
  'not-shipped': { zh: '未发货', en: 'Not shipped' },
  intercepting: { zh: '拦截中', en: 'Intercepting' },
  'in-transit': { zh: '运输中', en: 'In transit' },
  delivered: { zh: '已签收', en: 'Delivered' },
  refused: { zh: '已拒收', en: 'Parcel refused' },
  returning: { zh: '退回中', en: 'Coming back' },
  received: { zh: '已收到退货', en: 'Return received' },
  'inspected-fit': { zh: '验货合格', en: 'Inspected: fit' },
  'inspected-unfit': { zh: '验货不合格', en: 'Inspected: unfit' },
}

export const MONEY_STAGES: Readonly<Record<MoneyStage, Term>> = {
  none: { zh: '无退款', en: 'No money' },
  asked: { zh: '申请退款', en: 'Asked for' },
  advanced: { zh: '平台垫付', en: 'Advanced by the platform' },
  refunding: { zh: '退款中', en: 'Refunding' },
  refunded: { zh: '已退款', en: 'Refunded' },
  'partly-refunded': { zh: '部分退款', en: 'Refunded in part' },
  recovered: { zh: '已追回', en: 'Recovered' },
  failed: { zh: '退款失败', en: 'Refund failed' },
}

export const DISPUTE_STAGES: Readonly<Record<DisputeStage, Term>> = {
  none: { zh: '无纠纷', en: 'No dispute' },
  negotiating: { zh: '协商中', en: 'Negotiating' },
  rejected: { zh: '已驳回', en: 'Rejected' },
  'platform-intervened': { zh: '平台介入', en: 'Platform stepped in' },
  'evidence-wanted': { zh: '待举证', en: 'Evidence wanted' },
  'evidence-given': { zh: '已举证', en: 'Evidence given' },
  'ruled-for-buyer': { zh: '判买家胜', en: 'Ruled for the buyer' },
  'ruled-for-merchant': { zh: '判商家胜', en: 'Ruled for the merchant' },
  cancelled: { zh: '仲裁取消', en: 'Arbitration cancelled' },
  appealed: { zh: '申诉中', en: 'Appealed' },
  decided: { zh: '申诉已判', en: 'Appeal decided' },
}
