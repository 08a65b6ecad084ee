import type { CaseRecord, Order } from '../world/case'
import type { WireValue } from '../http/wire-json'
import { chinaText, formatInstant, yuanText } from '../http/wire-time'
import { paidFen } from '../world/order-facts'
import { detailType, isMerchantTurn } from './trade/codes'
import { leavesAmountEmpty, timeSpelling } from './variety'

const operatorRoles = { buyer: 1, merchant: 2, 'platform-agent': 3, system: 4 } as const

/** "0" not ticked, "1" not received, "2" received. */
function userShippingStatus(record: CaseRecord): string {
  if (record.kind === 'refund-only-unshipped') return '0'
  return record.gotGoods ? '2' : '1'
}

function speedRefundStatus(record: CaseRecord): string {
  if (!record.speedRefund) return ''
  return record.finalMs === null ? '1' : record.effects.refundsPaid > 0 ? '3' : '2'
}

/** A row of the increment list: yuan as text, times as text in China time, the type one more than the detail's. */
export function listRow(record: CaseRecord, order: Order, shownStatus: number): WireValue {
  return {
    id: Number(record.number),
    order_sn: record.orderNumber,
    after_sales_status: shownStatus,
    after_sales_type: detailType[record.kind] + 1,
    after_sale_reason: record.reason,
    order_amount: yuanText(paidFen(order)),
    refund_amount: leavesAmountEmpty(record) ? '' : yuanText(record.refundFen),
    discount_amount: yuanText(order.discountFen),
    goods_price: yuanText(record.line.priceFen),
    goods_number: String(record.line.quantity),
    goods_id: Number(record.line.goodsId),
    sku_id: record.line.skuId,
    goods_name: record.line.goodsName,
    good_image: record.line.image,
    outer_id: `SKU-${record.line.skuId.slice(-6)}`,
    outer_goods_id: `SPU-${record.line.goodsId.slice(-6)}`,
    created_time: chinaText(record.createdMs),
    updated_time: chinaText(record.updatedMs),
    confirm_time: order.groupFormedMs === null ? '' : chinaText(order.groupFormedMs),
    dispute_refund_status: record.dispute === null ? 0 : 1,
    speed_refund_flag: record.speedRefund ? 1 : 0,
    speed_refund_status: speedRefundStatus(record),
    user_shipping_status: userShippingStatus(record),
    refund_operator_role: operatorRoles[record.lastActor],
    shipping_name: record.returnParcel?.carrierName ?? '',
    tracking_number: record.returnParcel?.trackingNumber ?? '',
  }
}

/** The detail: fen, milliseconds, fields without a wrapper; `expire_time` only while the merchant must act. */
export function detailFields(
  record: CaseRecord,
  order: Order,
  shownStatus: number,
): { readonly [key: string]: WireValue } {
  return {
    id: Number(record.number),
    order_sn: record.orderNumber,
    after_sales_status: shownStatus,
    after_sales_type: detailType[record.kind],
    after_sales_reason: record.reason,
    remark: record.remark,
    images: record.images,
    exist_images: record.images.length > 0,
    order_amount: paidFen(order),
    refund_amount: leavesAmountEmpty(record) ? null : record.refundFen,
    discount_amount: order.discountFen,
    goods_price: record.line.priceFen,
    goods_number: record.line.quantity,
    sku_id: record.line.skuId,
    recreated_at: formatInstant(record.appliedMs, timeSpelling(record)),
    confirm_time: order.groupFormedMs === null ? null : formatInstant(order.groupFormedMs, timeSpelling(record)),
    updated_time: chinaText(record.updatedMs),
    expire_time:
      isMerchantTurn(record) && record.dueMs !== null ? formatInstant(record.dueMs, timeSpelling(record)) : null,
    shipping_status: order.parcel === null ? 0 : 1,
    express_no: record.returnParcel?.trackingNumber ?? '',
    shipping_name: record.returnParcel?.carrierName ?? '',
    join_or_not: record.dispute === null ? '0' : '1',
    dispute_refund_status: record.dispute === null ? 0 : 1,
    // 1: so many pieces of them.
    part_after_sales_type: record.quantity < record.line.quantity ? 1 : 0,
    part_after_sales_value: record.quantity < record.line.quantity ? record.quantity : 0,
    speed_refund_flag: record.speedRefund ? 1 : 0,
    user_shipping_status: userShippingStatus(record),
    refund_operator_role: operatorRoles[record.lastActor],
    exchange_shipping_detail: ['exchange', 'resend', 'repair'].includes(record.kind)
      ? exchangeDetail(record, order)
      : null,
  }
}

/** The real platform encrypts name, phone and address; the simulator has no key service and shows its invented persons in clear. */
function exchangeDetail(record: CaseRecord, order: Order): WireValue {
  const { buyer } = order
  return {
    customer_send_back_ship_id: record.returnParcel?.carrierId ?? 0,
    customer_send_back_trunk_number: record.returnParcel?.trackingNumber ?? '',
    exchange_goods_name: record.line.goodsName,
    exchange_goods_number: record.quantity,
    exchange_goods_price: record.line.priceFen,
    exchange_receiver_province: buyer.province,
    exchange_receiver_province_id: Number(buyer.provinceId),
    exchange_receiver_city: buyer.city,
    exchange_receiver_city_id: Number(buyer.cityId),
    exchange_receiver_town: buyer.town,
    exchange_receiver_town_id: Number(buyer.townId),
    merchant_exchange_detail_address: buyer.address,
    merchant_exchange_detail_address_mask: `${buyer.address.slice(0, 2)}****`,
    merchant_exchange_detail_phone: buyer.phone,
    merchant_exchange_detail_phone_mask: `${buyer.phone.slice(0, 3)}****${buyer.phone.slice(-4)}`,
    merchant_exchange_detail_receiver: buyer.name,
    merchant_exchange_detail_receiver_mask: `${buyer.name.slice(0, 1)}**`,
    merchant_exchange_ship_id: record.sentParcel?.carrierId ?? 0,
    merchant_exchange_trunk_number: record.sentParcel?.trackingNumber ?? '',
    sku_id_exchange: record.kind === 'exchange' ? record.line.skuId : '',
    is_fast_exchange: false,
    fast_exchange_expire_time: null,
  }
}
