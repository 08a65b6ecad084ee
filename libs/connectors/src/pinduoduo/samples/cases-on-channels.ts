/** Cases of our own as list and detail report them at one revision, each built from one truth. */
import type { CaseOnEveryChannel } from '../../contract/suite/case-on-channels'
import type { Channel, StoredMessage } from '../../contract'

type Fields = Readonly<Record<string, unknown>>

interface CaseSample {
  readonly status: number
  /** Counted from 1, as the detail does. */
  readonly type: number
  readonly askedFen?: number
  readonly bought?: number
  /** What list and detail report under the same name. */
  readonly both?: Fields
  readonly row?: Fields
  readonly detail?: Fields
}

const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
const UPDATED_TIME = '2026-03-01 09:30:05'
const ID = 52100000091
const ORDER_NUMBER = '260301-410000000000091'
const PAID_FEN = 5980

function caseOnChannels(
  name: string,
  { status, type, askedFen = PAID_FEN, bought = 2, both, row, detail }: CaseSample,
): CaseOnEveryChannel {
  const shared = {
    id: ID,
    order_sn: ORDER_NUMBER,
    after_sales_status: status,
    sku_id: '1510000000091',
    updated_time: UPDATED_TIME,
    dispute_refund_status: 0,
    speed_refund_flag: 0,
    user_shipping_status: '1',
    refund_operator_role: 1,
    shipping_name: '',
    ...both,
  }
  const listed = {
    ...shared,
    after_sales_type: type + 1,
    after_sale_reason: '不喜欢/效果不好',
    order_amount: yuan(PAID_FEN),
    refund_amount: yuan(askedFen),
    goods_number: String(bought),
    created_time: UPDATED_TIME,
    goods_id: 610000000091,
    goods_name: '竹柄修眉刀 两支装',
    outer_id: 'MEI-02',
    speed_refund_status: '',
    tracking_number: '',
    ...row,
  }
  const detailed = {
    ...shared,
    after_sales_type: type,
    after_sales_reason: '不喜欢/效果不好',
    order_amount: PAID_FEN,
    refund_amount: askedFen,
    goods_number: bought,
    recreated_at: Date.parse('2026-03-01T09:30:05+08:00'),
    expire_time: null,
    shipping_status: 1,
    express_no: '',
    join_or_not: '0',
    part_after_sales_type: 0,
    part_after_sales_value: 0,
    exchange_shipping_detail: null,
    ...detail,
  }
  const content = JSON.stringify({
    mall_id: 86,
    refund_id: ID,
    tid: ORDER_NUMBER,
    modified: 1772328605016,
    operation: 1000,
  })
  return {
    name,
    channels: {
      push: stored('push', { type: 'pdd_refund_RefundCreated', mallID: 86, content }),
      list: stored('list', listed),
      detail: stored('detail', detailed),
    },
  }
}

const stored = (channel: Channel, fields: Fields): StoredMessage => ({
  channel,
  raw: JSON.stringify(fields),
  receivedAt: 1772330000000,
})

const SENT_BACK = {
  both: { shipping_name: '韵达快递', user_shipping_status: '2' },
  row: { tracking_number: '4300000000091' },
  detail: { express_no: '4300000000091' },
}

export const CASES_ON_CHANNELS: readonly CaseOnEveryChannel[] = [
  caseOnChannels('an application', { status: 2, type: 1, detail: { expire_time: 1772501405000 } }),
  caseOnChannels('an application whose detail writes its times as text', {
    status: 2,
    type: 1,
    detail: { expire_time: '2026-03-03 09:30:05', recreated_at: UPDATED_TIME },
  }),
  caseOnChannels('an application for one of two pieces', {
    status: 2,
    type: 1,
    askedFen: 2990,
    detail: { part_after_sales_type: 1, part_after_sales_value: 1 },
  }),
  caseOnChannels('goods that arrived', { status: 3, type: 2, both: { user_shipping_status: '2' } }),
  caseOnChannels('goods that were not sent', { status: 2, type: 1, detail: { shipping_status: 0 } }),
  caseOnChannels('a return on its way', { status: 3, type: 2, ...SENT_BACK }),
  caseOnChannels('a parcel that is to be recalled', { status: 33, type: 1 }),
  caseOnChannels('a refund that is on its way', { status: 4, type: 1 }),
  caseOnChannels('a paid refund', { status: 10, type: 2, ...SENT_BACK }),
  caseOnChannels('a speed refund that was paid before the end', {
    status: 33,
    type: 1,
    both: { speed_refund_flag: 1 },
    row: { speed_refund_status: '3' },
  }),
  caseOnChannels('an exchange that was sent', {
    status: 18,
    type: 3,
    ...SENT_BACK,
    detail: {
      ...SENT_BACK.detail,
      exchange_shipping_detail: {
        customer_send_back_trunk_number: '4300000000091',
        merchant_exchange_trunk_number: 'SF1400000000091',
      },
    },
  }),
  ...[3, 4, 5].map((type) => caseOnChannels(`a case of type ${type} that is done`, { status: 10, type, askedFen: 0 })),
  caseOnChannels('a resend that was applied for', { status: 2, type: 4 }),
  caseOnChannels('a case that the platform has taken over', {
    status: 8,
    type: 2,
    both: { dispute_refund_status: 1 },
    detail: { join_or_not: '1' },
  }),
  caseOnChannels('a case that was withdrawn', { status: 11, type: 1 }),
]
