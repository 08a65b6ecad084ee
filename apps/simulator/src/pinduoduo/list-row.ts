import type { CaseRecord, Order } from '../world/case'
import type { WireValue } from '../wire-json'
import { chinaText, formatInstant, yuanText } from '../wire-time'
import { paidFen } from '../world/order-facts'
import { detailType, isMerchantTurn } from './trade/codes'
import { leavesAmountEmpty, timeSpelling } from './variety'

const operatorRoles = { buyer: 1, merchant: 2, 'platform-agent': 3, system: 4 } as const

/** "0" not ticked, "1" not received, "2" received. */
function userShippingStatus(c: CaseRecord): string {
  if (c.kind === 'refund-only-unshipped') return '0'
  return c.gotGoods ? '2' : '1'
}

function speedRefundStatus(c: CaseRecord): string {
  if (!c.speedRefund) return ''
  return c.finalMs === null ? '1' : c.effects.refundsPaid > 0 ? '3' : '2'
}

/** A row of the increment list: yuan as text, times as text in China time, the type one more than the detail's. */
export function listRow(c: CaseRecord, order: Order, shownStatus: number): WireValue {
  return {
    id: Number(c.number),
    order_sn: c.orderNumber,
    after_sales_status: shownStatus,
    after_sales_type: detailType[c.kind] + 1,
    after_sale_reason: c.reason,
    order_amount: yuanText(paidFen(order)),
    refund_amount: leavesAmountEmpty(c) ? '' : yuanText(c.refundFen),
    discount_amount: yuanText(order.discountFen),
    goods_price: yuanText(c.line.priceFen),
    goods_number: String(c.line.quantity),
    goods_id: Number(c.line.goodsId),
    sku_id: c.line.skuId,
    goods_name: c.line.goodsName,
    good_image: c.line.image,
    outer_id: `SKU-${c.line.skuId.slice(-6)}`,
    outer_goods_id: `SPU-${c.line.goodsId.slice(-6)}`,
    created_time: chinaText(c.createdMs),
    updated_time: chinaText(c.updatedMs),
    confirm_time: order.groupFormedMs === null ? '' : chinaText(order.groupFormedMs),
    dispute_refund_status: c.dispute === null ? 0 : 1,
    speed_refund_flag: c.speedRefund ? 1 : 0,
    speed_refund_status: speedRefundStatus(c),
    user_shipping_status: userShippingStatus(c),
    refund_operator_role: operatorRoles[c.lastActor],
    shipping_name: c.returnParcel?.carrierName ?? '',
    tracking_number: c.returnParcel?.trackingNumber ?? '',
  }
}

/** The detail: fen, milliseconds, fields without a wrapper; `expire_time` only while the merchant must act. */
export function detailFields(c: CaseRecord, order: Order, shownStatus: number): { readonly [key: string]: WireValue } {
  return {
    id: Number(c.number),
    order_sn: c.orderNumber,
    after_sales_status: shownStatus,
    after_sales_type: detailType[c.kind],
    after_sales_reason: c.reason,
    remark: c.remark,
    images: c.images,
    exist_images: c.images.length > 0,
    order_amount: paidFen(order),
    refund_amount: leavesAmountEmpty(c) ? null : c.refundFen,
    discount_amount: order.discountFen,
    goods_price: c.line.priceFen,
    goods_number: c.line.quantity,
    sku_id: c.line.skuId,
    recreated_at: formatInstant(c.appliedMs, timeSpelling(c)),
    confirm_time: order.groupFormedMs === null ? null : formatInstant(order.groupFormedMs, timeSpelling(c)),
    updated_time: chinaText(c.updatedMs),
    expire_time: isMerchantTurn(c) && c.dueMs !== null ? formatInstant(c.dueMs, timeSpelling(c)) : null,
    shipping_status: order.parcel === null ? 0 : 1,
    express_no: c.returnParcel?.trackingNumber ?? '',
    shipping_name: c.returnParcel?.carrierName ?? '',
    join_or_not: c.dispute === null ? '0' : '1',
    dispute_refund_status: c.dispute === null ? 0 : 1,
    // 1: so many pieces of them.
    part_after_sales_type: c.quantity < c.line.quantity ? 1 : 0,
    part_after_sales_value: c.quantity < c.line.quantity ? c.quantity : 0,
    speed_refund_flag: c.speedRefund ? 1 : 0,
    user_shipping_status: userShippingStatus(c),
    refund_operator_role: operatorRoles[c.lastActor],
    exchange_shipping_detail: ['exchange', 'resend', 'repair'].includes(c.kind) ? exchangeDetail(c, order) : null,
  }
}

/** The real platform encrypts name, phone and address; the simulator has no key service and shows its invented persons in clear. */
function exchangeDetail(c: CaseRecord, order: Order): WireValue {
  const { buyer } = order
  return {
    customer_send_back_ship_id: c.returnParcel?.carrierId ?? 0,
    customer_send_back_trunk_number: c.returnParcel?.trackingNumber ?? '',
    exchange_goods_name: c.line.goodsName,
    exchange_goods_number: c.quantity,
    exchange_goods_price: c.line.priceFen,
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
    merchant_exchange_ship_id: c.sentParcel?.carrierId ?? 0,
    merchant_exchange_trunk_number: c.sentParcel?.trackingNumber ?? '',
    sku_id_exchange: c.kind === 'exchange' ? c.line.skuId : '',
    is_fast_exchange: false,
    fast_exchange_expire_time: null,
  }
}
