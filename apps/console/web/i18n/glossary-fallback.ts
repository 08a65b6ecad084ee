import type { Term } from '../api/shapes'

const term = (zh: string, en: string): Term => ({ zh, en })

/**
 * Names for codes while the server's glossary has not arrived, and for the few codes that it does not hold. The server's word
 * wins; a code that nobody named is shown as it is.
 */
export const GLOSSARY_FALLBACK: Readonly<Record<string, Readonly<Record<string, Term>>>> = {
  kinds: {
    'refund-only': term('仅退款', 'Refund only'),
    'return-and-refund': term('退货退款', 'Return and refund'),
    exchange: term('换货', 'Exchange'),
    resend: term('补寄', 'Resend'),
    repair: term('维修', 'Repair'),
  },
  variants: {
    unshipped: term('未发货', 'before shipping'),
    shipped: term('已发货', 'after shipping'),
    'price-protection': term('价保', 'price protection'),
    'cancelled-by-system': term('系统取消', 'cancelled by the system'),
    'cancelled-by-buyer': term('用户取消', 'cancelled by the buyer'),
    'replace-instead-of-repair': term('以换代修', 'replaced, not repaired'),
  },
  statuses: {
    'awaiting-merchant-decision': term('待商家处理', 'Awaiting our decision'),
    'awaiting-merchant-receipt': term('待商家收货', 'Awaiting our receipt'),
    'awaiting-merchant-shipment': term('待商家发货', 'Awaiting our shipment'),
    'awaiting-recall': term('待商家召回包裹', 'Awaiting recall'),
    'awaiting-buyer-return': term('待买家退货', 'Awaiting return'),
    'awaiting-buyer-action': term('待买家处理', 'Awaiting the buyer'),
    'awaiting-buyer-receipt': term('待买家收货', 'Awaiting buyer’s receipt'),
    'awaiting-refusal': term('待买家拒收', 'Awaiting refusal'),
    refused: term('商家已拒绝', 'Refused by us'),
    'platform-handling': term('平台处理中', 'Platform is handling'),
    refunding: term('退款中', 'Refunding'),
    succeeded: term('售后成功', 'Succeeded'),
    closed: term('售后关闭', 'Closed'),
  },
  turns: {
    us: term('待我处理', 'Our turn'),
    buyer: term('待买家', 'Buyer'),
    platform: term('待平台', 'Platform'),
    carrier: term('待物流', 'Carrier'),
    nobody: term('已结束', 'Finished'),
  },
  goods: {
    unknown: term('未知', 'Unknown'),
    'not-shipped': term('未发货', 'Not shipped'),
    intercepting: term('拦截中', 'Intercepting'),
    'in-transit': term('运输中', 'In transit'),
    delivered: term('已签收', 'Delivered'),
    refused: term('已拒收', 'Parcel refused'),
    returning: term('退回中', 'Coming back'),
    received: term('已收到退货', 'Return received'),
    'inspected-fit': term('验货合格', 'Inspected: fit'),
    'inspected-unfit': term('验货不合格', 'Inspected: unfit'),
  },
  money: {
    none: term('无退款', 'No money'),
    asked: term('申请退款', 'Asked for'),
    advanced: term('平台垫付', 'Advanced'),
    refunding: term('退款中', 'Refunding'),
    refunded: term('已退款', 'Refunded'),
    'partly-refunded': term('部分退款', 'Partly refunded'),
    recovered: term('已追回', 'Recovered'),
    failed: term('退款失败', 'Failed'),
  },
  dispute: {
    none: term('无纠纷', 'No dispute'),
    negotiating: term('协商中', 'Negotiating'),
    rejected: term('已驳回', 'Rejected'),
    'platform-intervened': term('平台介入', 'Platform stepped in'),
    'evidence-wanted': term('待举证', 'Evidence wanted'),
    'evidence-given': term('已举证', 'Evidence given'),
    'ruled-for-buyer': term('判买家胜', 'Ruled for buyer'),
    'ruled-for-merchant': term('判商家胜', 'Ruled for us'),
    cancelled: term('仲裁取消', 'Cancelled'),
    appealed: term('申诉中', 'Appealed'),
    decided: term('申诉已判', 'Appeal decided'),
  },
  sources: {
    OBSERVED: term('平台给出', 'platform'),
    DERIVED: term('规则推算', 'derived'),
    ASSUMED: term('默认估计', 'assumed'),
  },
  breaches: {
    'platform-refunds': term('平台自动退款', 'the platform refunds'),
    'platform-accepts-demand': term('平台按买家诉求处理', 'the platform grants the demand'),
    'case-closes': term('售后自动关闭', 'the case closes'),
    'counts-as-received': term('视为已收货', 'it counts as received'),
    'evidence-closes': term('举证关闭', 'no more evidence is taken'),
    'refund-is-late': term('退款未按时到账', 'the refund is late'),
  },
  payers: {
    merchant: term('商家', 'merchant'),
    buyer: term('买家', 'buyer'),
    platform: term('平台', 'platform'),
    insurer: term('保险', 'insurer'),
  },
  legs: {
    GOODS: term('货款', 'Goods'),
    FREIGHT: term('运费', 'Freight'),
    COMPENSATION: term('补偿', 'Compensation'),
  },
}
