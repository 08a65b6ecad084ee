import { aftersaleType, seconds } from './trade/codes'
import type { Parcel } from '../world/case'
import type { Shop } from '../world/shops'
import { comesWithNulls, subType } from './variety'
import { RETURN_DETAIL, placeOf } from '../world/vocabulary'
import type { WireValue } from '../http/wire-json'
import { chinaText } from '../http/wire-time'
import type { ShownCase } from './case-fields'
import type { Fields } from './nulls'
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

const roles = { buyer: 1, merchant: 2, 'platform-agent': 3, system: 4 } as const

/** The data of afterSale.Detail: ids are bare nineteen-digit numbers, and "risk decision" is misspelt. */
export function detailOf(shown: ShownCase, withLog: boolean): WireValue {
  const { record: c, order } = shown
  return {
    process_info: {
      after_sale_info: (comesWithNulls(c) ? withNulls : unchanged)(afterSaleInfo(shown)),
      arbitrate_info: {
        arbitrate_id: c.dispute?.id ?? '',
        arbitrate_status: c.dispute?.status ?? 0,
        is_required_evidence: c.dispute?.status === 4,
        arbitrate_status_deadline: c.dispute?.deadlineMs ? String(seconds(c.dispute.deadlineMs)) : '0',
        arbitrate_opinion: '',
        arbitrate_conclusion: c.dispute?.conclusion ?? 0,
        arbitrate_create_time: c.dispute === null ? 0 : seconds(c.dispute.openedMs),
        arbitrate_update_time: c.dispute === null ? 0 : seconds(c.dispute.changedMs),
        arbitrate_evidence_tmpl: { images: [], describe: '', dead_line: 0 },
        arbitrate_evidence: { images: c.dispute?.evidence ?? [], describe: '' },
        arbitrate_blame: liabilityCodeOf(c),
      },
      after_sale_service_tag: { after_sale_service_tag: [] },
      logistics_info: {
        return: oneParcel(c.returnParcel),
        exchange: oneParcel(c.kind === 'exchange' ? c.sentParcel : null),
        order: lineLogistics(order, c),
        resend: oneParcel(c.kind === 'resend' ? c.sentParcel : null),
      },
      after_sale_shop_remarks: c.shopRemarks.map((remark) => ({
        order_id: BigInt(order.number),
        after_sale_id: BigInt(c.number),
        remark: remark.text,
        create_time: seconds(remark.atMs),
        operator: '商家',
      })),
      price_protection_detail: null,
      record_logs_list: withLog
        ? c.log.map((line) => ({
            operator: '',
            time: chinaText(line.atMs),
            text: line.text,
            images: [],
            desc_kvs: [],
            action: line.text,
            role: roles[line.by],
            all_evidence: [],
          }))
        : [],
    },
    order_info: {
      shop_order_id: BigInt(order.number),
      sku_order_infos: shownLines(c, order).map(({ line, claimed }) => ({
        sku_order_id: BigInt(line.number),
        order_status: orderStatus(c, order),
        pay_amount: linePaidFen(line, order),
        post_amount: order.freightFen,
        // Bought pieces; the claimed ones are in after_sale_item_count.
        item_quantity: line.quantity,
        create_time: seconds(order.paidMs),
        tax_amount: 0,
        is_oversea_order: 0,
        product_name: line.goodsName,
        product_id: BigInt(line.goodsId),
        product_image: line.image,
        tags: goodsTags,
        sku_spec: [{ name: '规格', value: line.spec }],
        shop_sku_code: `SKU-${line.skuId.slice(-6)}`,
        sku_id: BigInt(line.skuId),
        item_sum_amount: line.priceFen * line.quantity,
        sku_pay_amount: linePaidFen(line, order),
        promotion_amount: line.priceFen * line.quantity - linePaidFen(line, order),
        pay_type: 1,
        insurance_tags: [],
        after_sale_item_count: claimed,
        given_sku_details: [],
      })),
    },
  }
}

function oneParcel(parcel: Parcel | null): WireValue {
  return {
    tracking_no: parcel?.trackingNumber ?? '',
    company_name: parcel?.carrierName ?? '',
    company_code: parcel?.carrierCode ?? '',
    logistics_time: parcel === null ? 0 : seconds(parcel.sentMs),
  }
}

function afterSaleInfo({ record: c, order, shop, status }: ShownCase): Fields {
  const { buyer } = order
  const returns = c.effects.returnsAgreed > 0
  const reachable = ['exchange', 'resend', 'repair'].includes(c.kind)
  return {
    after_sale_id: BigInt(c.number),
    after_sale_status: status,
    after_sale_status_desc: statusTexts[status] ?? '',
    after_sale_type: aftersaleType(c),
    after_sale_type_text: typeTexts[aftersaleType(c)] ?? '',
    after_sale_order_type: orderType(c, order),
    after_sale_sub_type: subType(c),
    // The refund channel, not the list's refund_type, which shows who decided.
    refund_type: refundChannelOf(c).code,
    refund_type_text: refundChannelOf(c).text,
    refund_status: c.refundStatus,
    refund_total_amount: c.refundFen,
    refund_post_amount: c.freightFen,
    refund_promotion_amount: 0,
    // What has really been refunded so far: not always what was asked for.
    real_refund_amount: c.effects.refundedFen,
    refund_time: c.refundStatus === 3 && c.finalMs !== null ? seconds(c.finalMs) : 0,
    apply_time: seconds(c.appliedMs),
    update_time: seconds(c.updatedMs),
    status_deadline: deadlineOf(c),
    aftersale_status_to_final_time: c.finalMs === null ? 0 : seconds(c.finalMs),
    reason: c.reason,
    reason_code: c.reasonCode,
    reason_remark: c.remark,
    reason_second_labels: [],
    evidence: c.images,
    after_sale_apply_count: c.quantity,
    need_return_count: c.gotGoods ? c.quantity : 0,
    deduction_amount: 0,
    disable_coupon_id: '',
    platform_discount_return_amount: 0,
    platform_discount_return_status: 0,
    kol_discount_return_amount: 0,
    kol_discount_return_status: 0,
    post_discount_return_amount: 0,
    post_discount_return_status: 0,
    shop_discount_return_amount: 0,
    refund_packing_charge_amount: 0,
    // The real platform encrypts these; the simulator shows its invented persons in clear.
    post_receiver: reachable ? buyer.name : '',
    encrypt_post_receiver: '',
    post_tel_sec: reachable ? buyer.phone : '',
    encrypt_post_tel_sec: '',
    post_address: {
      province: { id: reachable ? buyer.provinceId : '', name: reachable ? buyer.province : '' },
      city: { id: reachable ? buyer.cityId : '', name: reachable ? buyer.city : '' },
      town: { id: reachable ? buyer.townId : '', name: reachable ? buyer.town : '' },
      street: { id: '', name: '' },
      detail: reachable ? buyer.address : '',
      encrypt_detail: '',
      landmark: '',
    },
    risk_decsison_code: riskCode(c),
    risk_decsison_reason: '',
    risk_decsison_description: '',
    auto_audit_bits: autoAuditBits(c),
    agree_refuse_sign: refusalSign(c),
    apply_role: 1,
    return_method: c.returnParcel === null ? 0 : 1,
    return_address_id: returns ? BigInt(shop.returnAddressId) : 0,
    return_address: returns ? returnAddress(shop) : noAddress,
    got_pkg: c.gotGoods ? 1 : 0,
    exchange_sku_info: exchangeSku(c),
    part_type: partType(c, order),
    refund_voucher_num: 0,
    refund_voucher_times: 0,
    gold_coin_return_amount: 0,
    refund_fail_reason: '',
    aftersale_tags: [],
    store_id: '0',
    store_name: '',
  }
}

const placeField = (id: string, name: string): WireValue => ({ id, name })
const noAddress: WireValue = {
  province: placeField('', ''),
  city: placeField('', ''),
  town: placeField('', ''),
  street: placeField('', ''),
  landmark: '',
  detail: '',
}

/** Where the merchant wants returned goods; the same as in its address book. */
function returnAddress(shop: Shop): WireValue {
  const { province, provinceId, city, cityId, town, townId } = placeOf(shop)
  return {
    province: placeField(provinceId, province),
    city: placeField(cityId, city),
    town: placeField(townId, town),
    street: placeField('', ''),
    landmark: '',
    detail: RETURN_DETAIL,
  }
}
