/** What a row of the list and the detail of a case have in common. */
import type { CaseRecord, Order, OrderLine } from '../world/case'
import { seconds } from './trade/codes'
import { deliveredMs, isPartial, linePaidFen } from '../world/order-facts'
import { isSignedAsInExample, isSuspicious, refundChannel, showsWholeOrder } from './variety'
import type { WireValue } from '../http/wire-json'
import type { Shop } from '../world/shops'

export const statusTexts: Readonly<Record<number, string>> = {
  6: '待商家处理',
  7: '待买家退货',
  8: '待商家发货',
  11: '待商家收货',
  12: '售后成功',
  13: '待买家收货',
  14: '售后完成',
  27: '商家拒绝售后申请',
  28: '售后关闭',
  29: '商家拒绝退款',
  51: '订单取消成功',
  53: '逆向交易已完成',
}

export const typeTexts: Readonly<Record<number, string>> = {
  0: '退货退款',
  1: '已发货仅退款',
  2: '未发货仅退款',
  3: '换货',
  5: '用户取消',
  6: '价保',
  7: '补寄',
  8: '维修',
}

/** A case with what its answers show beside it. */
export interface ShownCase {
  readonly record: CaseRecord
  readonly order: Order
  readonly shop: Shop
  /** The record's, unless a fault shows an unknown one. */
  readonly status: number
}

/** Epoch seconds; 0 where no deadline is shown, as while a refund is on its way. */
export function deadlineOf(record: CaseRecord): number {
  return record.dueMs === null || record.status === 12 ? 0 : seconds(record.dueMs)
}

/**
 * The order's own state. 3 with a parcel that was signed for is what an official example shows, 5 is what real rows
 * show; 4 a real refund before shipping.
 */
export function orderStatus(record: CaseRecord, order: Order): number {
  if (record.effects.refundsPaid > 0 && record.kind === 'refund-only-unshipped') return 4
  if (order.parcel === null) return 2
  return record.gotGoods && !isSignedAsInExample(record) ? 5 : 3
}

/** Whether the merchant refunds a parcel that is refused at the door: 1 agreed, 0 no statement (real rows). */
export const refusalSign = (record: CaseRecord): number => (record.parcelRefusalAgreed ? 1 : 0)

export function autoAuditBits(record: CaseRecord): number[] {
  const byWay = record.refundWay === 1 || record.refundWay === 2 || record.refundWay === 3 ? [record.refundWay] : []
  return [...(record.autoAudit ?? []), ...byWay]
}

/** Whether a return looks right: -1 it does, 1 it does not, 0 there is none yet (the numbers of the list's filter). */
export function riskCode(record: CaseRecord): number {
  if (record.returnParcel === null) return 0
  return isSuspicious(record) ? 1 : -1
}

/**
 * What of an order's lines is shown with the case and how much of each is claimed: its own line, or all of them with
 * nothing claimed of the others.
 */
export function shownLines(record: CaseRecord, order: Order): { line: OrderLine; claimed: number }[] {
  const lines = showsWholeOrder(record, order) ? order.lines : [record.line]
  return lines.map((line) => ({ line, claimed: line.number === record.line.number ? record.quantity : 0 }))
}

export const orderType = (record: CaseRecord, order: Order): number => (showsWholeOrder(record, order) ? 2 : 1)

export const partType = (record: CaseRecord, order: Order): number => (isPartial(record, order) ? 1 : 0)

const channelTexts = { 0: '订单货款', 3: '保证金', 4: '无需退款' } as const

/** The refund channel with the texts that real rows and official examples have. */
export function refundChannelOf(record: CaseRecord): { code: 0 | 3 | 4; text: string } {
  const code = refundChannel(record)
  return { code, text: channelTexts[code] }
}

/**
 * The state of the order's parcel. Its enumeration is not public: real rows have 3 for goods that were received, an
 * official example 6, and 0 stands for goods that are on their way. No client should read more into it.
 */
const logisticsState = (record: CaseRecord, signed: boolean): number =>
  signed ? (isSignedAsInExample(record) ? 6 : 3) : 0

export function lineLogistics(order: Order, record: CaseRecord): WireValue[] {
  const { parcel } = order
  if (parcel === null) return []
  const signedMs = deliveredMs(order, record)
  return [
    {
      tracking_no: parcel.trackingNumber,
      company_name: parcel.carrierName,
      company_code: parcel.carrierCode,
      logistics_time: seconds(signedMs ?? parcel.sentMs),
      logistics_state: logisticsState(record, signedMs !== null),
      value_added_services: [],
    },
  ]
}

/** The goods that a buyer gets in exchange: the same SKU again. Empty for other kinds. */
export function exchangeSku(record: CaseRecord): WireValue {
  const wanted = record.kind === 'exchange'
  return {
    sku_id: wanted ? record.line.skuId : '',
    code: '',
    num: wanted ? record.quantity : 0,
    out_sku_id: '',
    out_warehouse_id: '',
    supplier_id: '',
    url: wanted ? record.line.image : '',
    name: wanted ? record.line.goodsName : '',
    price: wanted ? String(record.line.priceFen) : '',
    spec_desc: wanted ? record.line.spec : '',
  }
}

/** 2 after a ruling for the merchant, 1 after one for the buyer, 0 without a ruling. */
export function liabilityCodeOf(record: CaseRecord): number {
  return record.dispute?.conclusion === 2 ? 2 : record.dispute !== null && record.dispute.conclusion > 0 ? 1 : 0
}

export { linePaidFen }

/** Marks of the goods; the platform changes them now and then. */
export const goodsTags: WireValue = [{ tag_detail: '7天', tag_detail_en: 'supply_7day_return', tag_link_url: '' }]
