import type { Json } from '../contract'

/**
 * Pinduoduo's shapes under its own names. No value is trusted to have its type: each is read by a reader that
 * returns `undefined` where it is not of the documented form.
 */
type Fields<Name extends string> = Readonly<Partial<Record<Name, Json>>>

/** Fields that have the same name in the list and in the detail. */
type SharedFields =
  | 'id'
  | 'order_sn'
  | 'after_sales_status'
  | 'after_sales_type'
  | 'refund_amount'
  | 'order_amount'
  | 'goods_number'
  | 'sku_id'
  | 'updated_time'
  | 'shipping_name'
  | 'speed_refund_flag'
  | 'dispute_refund_status'
  | 'user_shipping_status'
  | 'refund_operator_role'

/** A row of `pdd.refund.list.increment.get`: money is yuan in text, the type counts from 2, times are text. */
export type ListRow = Fields<
  | SharedFields
  | 'after_sale_reason'
  | 'created_time'
  | 'goods_id'
  | 'goods_name'
  | 'outer_id'
  | 'speed_refund_status'
  | 'tracking_number'
>

/** The answer of `pdd.refund.information.get`: money is fen, the type counts from 1, times are milliseconds. */
export type Detail = Fields<
  | SharedFields
  | 'after_sales_reason'
  | 'recreated_at'
  | 'expire_time'
  | 'shipping_status'
  | 'express_no'
  | 'join_or_not'
  | 'part_after_sales_type'
  | 'part_after_sales_value'
  | 'exchange_shipping_detail'
>

/** `exchange_shipping_detail` of a detail. Names, phones and addresses may be ciphertext. */
export type ExchangeShipping = Fields<
  | 'customer_send_back_trunk_number'
  | 'merchant_exchange_trunk_number'
  | 'merchant_exchange_detail_receiver'
  | 'merchant_exchange_detail_phone'
>

/** One pushed message; `content` is JSON in a text. */
export type PushMessage = Fields<'type' | 'mallID' | 'content'>

/** What a refund message holds; only RefundCreated's is documented. */
export type RefundContent = Fields<'mall_id' | 'tid' | 'refund_id' | 'modified' | 'operation'>

/** The calls that this folder makes. */
export type CallType =
  | 'pdd.refund.list.increment.get'
  | 'pdd.refund.information.get'
  | 'pdd.refund.address.list.get'
  | 'pdd.refund.agree'
  | 'pdd.refund.returngoods.agree'
  | 'pdd.refund.exchange.shipping'
  | 'pdd.nextone.logistics.warehouse.update'
  | 'pdd.rdc.pddgenius.sendgoods.cancel'
  | 'pdd.pop.auth.token.create'
  | 'pdd.pop.auth.token.refresh'
  | 'pdd.pmc.user.permit'
