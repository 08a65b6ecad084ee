import type { Term, Turn } from './vocabulary'

/** The status of a case, in one word for all marketplaces. The marketplace's own code is kept with it. */
export type Status =
  | 'awaiting-merchant-decision'
  | 'awaiting-merchant-receipt'
  | 'awaiting-merchant-shipment'
  | 'awaiting-recall'
  | 'awaiting-buyer-return'
  | 'awaiting-buyer-action'
  | 'awaiting-buyer-receipt'
  | 'awaiting-refusal'
  | 'refused'
  | 'platform-handling'
  | 'refunding'
  | 'succeeded'
  | 'closed'

/** How a finished case ended. */
export type Outcome =
  | 'refunded'
  | 'replaced'
  | 'repaired'
  | 'done'
  | 'withdrawn'
  | 'refused-by-platform'
  | 'buyer-late'
  | 'failed'
  | 'cancelled'

interface StatusTerm extends Term {
  readonly turn: Turn
  readonly final: boolean
}

/** The name of each status, whose turn it is, and whether the case has ended. */
export const STATUSES: Readonly<Record<Status, StatusTerm>> = {
  'awaiting-merchant-decision': { zh: '待商家处理', en: 'Merchant to decide', turn: 'us', final: false },
  'awaiting-merchant-receipt': { zh: '待商家收货', en: 'Merchant to receive the return', turn: 'us', final: false },
  'awaiting-merchant-shipment': { zh: '待商家发货', en: 'Merchant to ship', turn: 'us', final: false },
  'awaiting-recall': { zh: '待商家召回', en: 'Merchant to recall the parcel', turn: 'us', final: false },
  'awaiting-buyer-return': { zh: '待买家退货', en: 'Buyer to send back', turn: 'buyer', final: false },
  'awaiting-buyer-action': { zh: '待买家处理', en: 'Buyer to act', turn: 'buyer', final: false },
  'awaiting-buyer-receipt': { zh: '待买家收货', en: 'Buyer to receive', turn: 'buyer', final: false },
  'awaiting-refusal': { zh: '待买家拒收', en: 'Buyer to refuse the parcel', turn: 'carrier', final: false },
  refused: { zh: '商家已拒绝', en: 'Refused by the merchant', turn: 'buyer', final: false },
  'platform-handling': { zh: '平台处理中', en: 'Platform handling', turn: 'platform', final: false },
  refunding: { zh: '退款中', en: 'Refunding', turn: 'platform', final: false },
  succeeded: { zh: '售后成功', en: 'Succeeded', turn: 'nobody', final: true },
  closed: { zh: '售后关闭', en: 'Closed', turn: 'nobody', final: true },
}

export const OUTCOMES: Readonly<Record<Outcome, Term>> = {
  refunded: { zh: '退款成功', en: 'refunded' },
  replaced: { zh: '换货/补寄完成', en: 'replaced' },
  repaired: { zh: '维修完成', en: 'repaired' },
  done: { zh: '已完成', en: 'done' },
  withdrawn: { zh: '买家撤销', en: 'withdrawn by the buyer' },
  'refused-by-platform': { zh: '平台拒绝', en: 'refused by the platform' },
  'buyer-late': { zh: '买家逾期', en: 'the buyer was late' },
  failed: { zh: '售后失败', en: 'failed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
}
