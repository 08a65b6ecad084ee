import { aftersaleType, seconds } from './trade/codes'
import type { CaseRecord, Order } from '../world/case'
import { comesWithNulls, orderFlag, subType } from './variety'
import type { WireValue } from '../http/wire-json'
import type { ShownCase } from './case-fields'
import { unchanged, withNulls } from './nulls'
import {
  autoAuditBits,
  liabilityCodeOf,
  refundChannelOf,
  deadlineOf,
  exchangeSku,
  goodsTags,
  lineLogistics,
  orderStatus,
  orderType,
  linePaidFen,
  partType,
  refusalSign,
  riskCode,
  shownLines,
  statusTexts,
  typeTexts,
} from './case-fields'

/** A row of afterSale.List: ids are strings here, `product_id` alone is a bare number (live sample). */
export function listItem({ record: c, order, status }: ShownCase): WireValue {
  return {
    order_info: {
      shop_order_id: order.number,
      order_flag: orderFlag(order),
      related_order_info: shownLines(c, order).map((shown) => relatedOrder(c, order, shown)),
    },
    aftersale_info: (comesWithNulls(c) ? withNulls : unchanged)({
      aftersale_id: c.number,
      aftersale_order_type: orderType(c, order),
      aftersale_type: aftersaleType(c),
      aftersale_status: status,
      aftersale_status_to_final_time: c.finalMs === null ? 0 : seconds(c.finalMs),
      related_id: c.line.number,
      apply_time: seconds(c.appliedMs),
      update_time: seconds(c.updatedMs),
      create_time: seconds(c.createdMs),
      status_deadline: deadlineOf(c),
      refund_amount: c.refundFen,
      refund_post_amount: c.freightFen,
      refund_tax_amount: 0,
      return_promotion_amount: 0,
      aftersale_num: c.quantity,
      part_type: partType(c, order),
      aftersale_refund_type: c.advanced ? 5 : refundChannelOf(c).code,
      refund_type: c.refundWay,
      refund_status: c.refundStatus,
      arbitrate_status: c.dispute?.status ?? 0,
      arbitrate_blame: liabilityCodeOf(c),
      left_urge_sms_count: 0,
      return_logistics_code: c.returnParcel?.trackingNumber ?? '',
      return_logistics_company_name: c.returnParcel?.carrierName ?? '',
      exchange_logistics_company_name: c.sentParcel?.carrierName ?? '',
      risk_decision_code: riskCode(c),
      risk_decision_reason: '',
      risk_decision_description: '',
      remark: c.shopRemarks.at(-1)?.text ?? '',
      got_pkg: c.gotGoods ? 1 : 0,
      is_agree_refuse_sign: refusalSign(c),
      store_id: 0,
      store_name: '',
      aftersale_sub_type: subType(c),
      auto_audit_bits: autoAuditBits(c),
      exchange_sku_info: exchangeSku(c),
      order_logistics: lineLogistics(order, c),
      reason_second_labels: [],
      aftersale_tags: [],
    }),
    text_part: {
      aftersale_status_text: status === 12 && c.refundStatus === 3 ? '同意退款，退款成功' : (statusTexts[status] ?? ''),
      aftersale_type_text: typeTexts[aftersaleType(c)] ?? '',
      aftersale_refund_type_text: c.advanced
        ? '平台垫付'
        : refundChannelOf(c).code === 0
          ? '原路退款'
          : refundChannelOf(c).text,
      reason_text: c.reason,
      bad_item_text: '',
      arbitrate_status_text: c.dispute === null ? '未介入' : '',
      logistics_text: order.parcel === null ? '未发货' : '已发货',
      return_logistics_text: c.returnParcel === null ? '未发货' : '已发货',
    },
    seller_logs: [],
  }
}

function relatedOrder(
  record: CaseRecord,
  order: Order,
  { line, claimed }: ReturnType<typeof shownLines>[number],
): WireValue {
  const own = claimed > 0
  return {
    sku_order_id: line.number,
    order_status: orderStatus(record, order),
    pay_amount: linePaidFen(line, order),
    post_amount: order.freightFen,
    // Bought pieces; the claimed ones are in aftersale_item_num.
    item_num: line.quantity,
    create_time: seconds(order.paidMs),
    tax_amount: 0,
    is_oversea_order: 0,
    product_name: line.goodsName,
    product_id: BigInt(line.goodsId),
    product_image: line.image,
    shop_sku_code: `SKU-${line.skuId.slice(-6)}`,
    logistics_code: order.parcel?.trackingNumber ?? '',
    logistics_company_name: order.parcel?.carrierName ?? '',
    aftersale_pay_amount: own ? record.refundFen - record.freightFen : 0,
    aftersale_post_amount: own ? record.freightFen : 0,
    aftersale_tax_amount: 0,
    aftersale_item_num: claimed,
    promotion_pay_amount: order.lines.length === 1 ? order.discountFen : 0,
    price: line.priceFen,
    given_sku_order_ids: [],
    tags: goodsTags,
    sku_spec: [{ name: '规格', value: line.spec }],
  }
}
