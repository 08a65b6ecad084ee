/** Cases of our own as push, list and detail report them at one revision, each built from one truth. */
import type { CaseOnEveryChannel } from '../../contract/suite/case-on-channels'
import type { Fields } from './messages'
import { detailOf, LINE_NUMBER, pushOf, rowOf, storedMessage } from './messages'

interface CaseSample {
  readonly tag: string
  readonly push?: Fields
  /** What list and detail report under the same name. */
  readonly both?: Fields
  readonly row?: Fields
  readonly detail?: Fields
  readonly arbitration?: Fields
  readonly logistics?: Fields
  readonly lines?: readonly LineSample[]
}

interface LineSample {
  readonly id: bigint
  readonly bought: number
  readonly claimed: number
  readonly orderStatus: number
}

const APPLIED: LineSample = { id: LINE_NUMBER, bought: 2, claimed: 2, orderStatus: 3 }
const SEVEN_DAYS = [{ tag_detail: '7天', tag_detail_en: 'supply_7day_return', tag_link_url: '' }]

const lineOf = ({ id, orderStatus }: LineSample): Fields => ({
  order_status: orderStatus,
  pay_amount: 8900,
  post_amount: 900,
  product_name: id === LINE_NUMBER ? '搪瓷水壶 1.5L' : '搪瓷杯',
  shop_sku_code: 'KETTLE-15-BLUE',
})

function caseOnChannels(name: string, sample: CaseSample): CaseOnEveryChannel {
  const { tag, push = {}, both = {}, row = {}, detail = {}, arbitration, logistics = {}, lines = [APPLIED] } = sample
  const related_order_info = lines.map((line) => ({
    ...lineOf(line),
    sku_order_id: String(line.id),
    item_num: line.bought,
    aftersale_item_num: line.claimed,
    tags: SEVEN_DAYS,
  }))
  const sku_order_infos = lines.map((line) => ({
    ...lineOf(line),
    sku_order_id: line.id,
    item_quantity: line.bought,
    after_sale_item_count: line.claimed,
    tags: [],
  }))
  return {
    name,
    channels: {
      push: storedMessage('push', pushOf(tag, push)),
      list: storedMessage('list', rowOf({ ...both, ...row }, { related_order_info })),
      detail: storedMessage(
        'detail',
        detailOf({ ...both, ...detail }, arbitration ?? { arbitrate_status: 0 }, logistics, { sku_order_infos }),
      ),
    },
  }
}

const REFUNDED_FIELDS = { refund_status: 3, aftersale_status_to_final_time: 1772711990, status_deadline: 0 }
const SENT_BACK = {
  row: { return_logistics_code: 'SF998877', return_logistics_company_name: '顺丰速运' },
  logistics: { return: { tracking_no: 'SF998877', company_name: '顺丰速运' } },
}
const ORDER_PARCEL = {
  tracking_no: 'YT7700112233',
  company_name: '圆通速递',
  logistics_state: 0,
  logistics_time: 1772600000,
}

export const CASES_ON_CHANNELS: readonly CaseOnEveryChannel[] = [
  caseOnChannels('an application', { tag: '200', push: { apply_time: 1772700000 } }),
  caseOnChannels('a changed application', { tag: '208', push: { modify_time: 1772711999 } }),
  caseOnChannels('an application for three of nine pieces, and for none of a second line', {
    tag: '200',
    push: { apply_time: 1772700000, refund_amount: 2900, refund_post_amount: 0 },
    both: { refund_post_amount: 0, part_type: 1 },
    row: { refund_amount: 2900 },
    detail: { refund_total_amount: 2900 },
    lines: [
      { id: LINE_NUMBER, bought: 9, claimed: 3, orderStatus: 3 },
      { id: LINE_NUMBER + 1n, bought: 2, claimed: 0, orderStatus: 5 },
    ],
  }),
  caseOnChannels('a refund before shipping', {
    tag: '200',
    push: { aftersale_type: 2 },
    detail: { after_sale_type: 2 },
    row: { aftersale_type: 2, order_logistics: [] },
    logistics: { order: [] },
    lines: [{ ...APPLIED, orderStatus: 2 }],
  }),
  caseOnChannels('goods that the buyer has, with an undocumented state of their parcel', {
    tag: '200',
    push: { aftersale_type: 1 },
    detail: { after_sale_type: 1 },
    both: { got_pkg: 1 },
    row: { aftersale_type: 1, order_logistics: [{ ...ORDER_PARCEL, logistics_state: 3 }] },
    logistics: { order: [{ ...ORDER_PARCEL, logistics_state: 3 }] },
    lines: [{ ...APPLIED, orderStatus: 5 }],
  }),
  caseOnChannels('a return on its way, marked by the platform', {
    tag: '203',
    push: { aftersale_status: 11 },
    row: {
      ...SENT_BACK.row,
      aftersale_status: 11,
      auto_audit_bits: [7],
      is_agree_refuse_sign: 1,
      risk_decision_code: 1,
      refund_type: 2,
    },
    detail: { after_sale_status: 11, auto_audit_bits: [7], agree_refuse_sign: 1, risk_decsison_code: 1 },
    logistics: SENT_BACK.logistics,
  }),
  caseOnChannels('an agreed refund', {
    tag: '201',
    push: { aftersale_status: 12 },
    both: { refund_status: 2, status_deadline: 0 },
    row: { aftersale_status: 12 },
    detail: { after_sale_status: 12 },
  }),
  caseOnChannels('a paid refund', {
    tag: '206',
    push: { aftersale_status: 12 },
    both: REFUNDED_FIELDS,
    row: { aftersale_status: 12 },
    detail: { after_sale_status: 12 },
  }),
  caseOnChannels('R148: a refund that the platform advanced', {
    tag: '206',
    push: { aftersale_status: 12 },
    both: REFUNDED_FIELDS,
    row: { aftersale_status: 12, aftersale_refund_type: 5, refund_type: 3, auto_audit_bits: [3] },
    detail: { after_sale_status: 12, refund_type: 0, auto_audit_bits: [3] },
  }),
  caseOnChannels('a refund of which the channel says that there was nothing to refund', {
    tag: '206',
    push: { aftersale_status: 12 },
    both: REFUNDED_FIELDS,
    row: { aftersale_status: 12, aftersale_refund_type: 4, refund_type: 0 },
    detail: { after_sale_status: 12, refund_type: 4 },
  }),
  caseOnChannels('a closed case', {
    tag: '207',
    push: { aftersale_status: 28 },
    both: { aftersale_status_to_final_time: 1772711990, status_deadline: 0 },
    row: { aftersale_status: 28 },
    detail: { after_sale_status: 28 },
  }),
  caseOnChannels('an exchange that was sent', {
    tag: '211',
    push: { aftersale_status: 13, aftersale_type: 3 },
    row: { ...SENT_BACK.row, aftersale_status: 13, aftersale_type: 3, exchange_logistics_company_name: '中通快递' },
    detail: { after_sale_status: 13, after_sale_type: 3 },
    logistics: { ...SENT_BACK.logistics, exchange: { tracking_no: 'ZT5', company_name: '中通快递' } },
  }),
  caseOnChannels('an exchange that ended as a success', {
    tag: '201',
    push: { aftersale_status: 12, aftersale_type: 3 },
    both: REFUNDED_FIELDS,
    row: { aftersale_status: 12, aftersale_type: 3 },
    detail: { after_sale_status: 12, after_sale_type: 3 },
  }),
  caseOnChannels('a resend that waits for us', {
    tag: '227',
    push: {
      aftersale_status: undefined,
      after_sale_status: 8,
      aftersale_type: 7,
      refund_amount: 0,
      refund_post_amount: 0,
    },
    both: { refund_post_amount: 0, refund_status: 0 },
    row: { aftersale_status: 8, aftersale_type: 7, refund_amount: 0 },
    detail: { after_sale_status: 8, after_sale_type: 7, refund_total_amount: 0 },
  }),
  caseOnChannels('a repair that was a replacement', {
    tag: '211',
    push: { aftersale_status: 14, aftersale_type: 8 },
    both: { aftersale_status_to_final_time: 1772711990, status_deadline: 0 },
    row: { aftersale_status: 14, aftersale_type: 8, aftersale_sub_type: 8001 },
    detail: { after_sale_status: 14, after_sale_type: 8, after_sale_sub_type: 8001 },
  }),
  caseOnChannels('an arbitration that wants evidence', {
    tag: '213',
    push: { update_time: undefined, arbitrate_status: 4 },
    row: { arbitrate_status: 4 },
    arbitration: {
      arbitrate_id: '7001110394160873740_001',
      arbitrate_status: 4,
      arbitrate_status_deadline: '1772884800',
      arbitrate_conclusion: 0,
    },
  }),
]
