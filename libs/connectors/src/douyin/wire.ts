import type { Json } from '../contract'

/**
 * Douyin's shapes under Douyin's names, spelling mistakes included. External input is
 * always `Json`: live answers, documentation and relays differ in text and number, so every field is read with care.
 */
type Fields<Name extends string> = { readonly [field in Name]?: Json }

/** One element of a push body; documentation writes `msgId`, a number as tag and an object as data. */
export type PushMessage = Fields<'tag' | 'msg_id' | 'msgId' | 'data'>

/** What `data` holds for the refund tags (200–227). */
export type PushContent = Fields<
  | 'aftersale_id'
  | 'aftersale_status'
  | 'after_sale_status'
  | 'aftersale_type'
  | 'p_id'
  | 's_id'
  | 'shop_id'
  | 'reason_code'
  | 'refund_amount'
  | 'refund_post_amount'
  | 'real_refund_amount'
  | 'update_time'
  | 'apply_time'
  | 'modify_time'
  | 'success_time'
>

export type ListRow = Fields<'aftersale_info' | 'order_info' | 'text_part'>

export type ListCase = Fields<
  | 'aftersale_id'
  | 'aftersale_status'
  | 'aftersale_status_to_final_time'
  | 'aftersale_type'
  | 'aftersale_sub_type'
  | 'apply_time'
  | 'update_time'
  | 'status_deadline'
  | 'refund_amount'
  | 'refund_post_amount'
  | 'real_refund_amount'
  | 'refund_status'
  | 'refund_type'
  | 'aftersale_refund_type'
  | 'arbitrate_status'
  | 'related_id'
  | 'got_pkg'
  | 'part_type'
  | 'is_agree_refuse_sign'
  | 'auto_audit_bits'
  | 'risk_decision_code'
  | 'order_logistics'
  | 'return_logistics_code'
  | 'return_logistics_company_name'
  | 'exchange_logistics_company_name'
>

export type ListOrder = Fields<'shop_order_id' | 'related_order_info'>

export type ListText = Fields<'reason_text'>

/** `afterSale.Detail` writes `after_sale_…` where the list writes `aftersale_…`. */
export type DetailCase = Fields<
  | 'after_sale_id'
  | 'after_sale_status'
  | 'after_sale_type'
  | 'after_sale_sub_type'
  | 'aftersale_status_to_final_time'
  | 'apply_time'
  | 'update_time'
  | 'status_deadline'
  | 'refund_total_amount'
  | 'refund_amount'
  | 'refund_post_amount'
  | 'real_refund_amount'
  | 'refund_status'
  | 'refund_type'
  | 'reason'
  | 'reason_code'
  | 'got_pkg'
  | 'auto_audit_bits'
  | 'post_receiver'
  | 'post_tel_sec'
>

export type DetailArbitration = Fields<
  'arbitrate_id' | 'arbitrate_status' | 'arbitrate_status_deadline' | 'arbitrate_conclusion'
>

export type DetailLogistics = Fields<'return' | 'exchange' | 'order' | 'resend'>

export type DetailOrder = Fields<'shop_order_id' | 'sku_order_infos'>

/** One line of the order; what is claimed of it is `aftersale_item_num` in the list, `after_sale_item_count` in the detail. */
export type OrderLine = Fields<
  | 'sku_order_id'
  | 'order_status'
  | 'pay_amount'
  | 'post_amount'
  | 'aftersale_item_num'
  | 'after_sale_item_count'
  | 'product_name'
  | 'shop_sku_code'
  | 'tags'
>

/** `logistics_state` of an answer has no proven enumeration (it is not that of the list's filter), so it is not read. */
export type Tracking = Fields<'tracking_no' | 'company_name'>

/** Every answer of the gateway; old ones carry only `err_no` and `message`. */
export type GatewayAnswer = Fields<'code' | 'msg' | 'sub_code' | 'sub_msg' | 'err_no' | 'message' | 'data' | 'log_id'>
