/**
 * The known message types. Refund messages are hints: the content of most is not documented, and none was
 * found for success or refusal, so the case is read after each.
 */
const REFUND_TYPES: ReadonlySet<string> = new Set([
  'pdd_refund_RefundCreated',
  'pdd_refund_RefundAgreeAgreement',
  'pdd_refund_RefundBuyerModifyAgreement',
  'pdd_refund_RefundBuyerReturnGoods',
  'pdd_refund_RefundClosed',
  'pdd_refund_RefundCreateMessage',
])

const OTHER_TYPES: ReadonlySet<string> = new Set([
  'pdd_trade_TradeConfirmed',
  'pdd_trade_TradeSellerShip',
  'pdd_trade_TradeSuccess',
  'pdd_trade_TradeRiskChanged',
  'pdd_trade_TradeLogisticsAddressChanged',
  'pdd_trade_TradeMemoModified',
  'pdd_trade_BuyerMemoModified',
  'pdd_chat_OrderPromise',
])

/** What a message is about; `unknown` for an undocumented type. */
export function classifyPushType(type: string): 'refund' | 'other' | 'unknown' {
  if (REFUND_TYPES.has(type)) return 'refund'
  return OTHER_TYPES.has(type) || type.startsWith('pdd_goods_') ? 'other' : 'unknown'
}
