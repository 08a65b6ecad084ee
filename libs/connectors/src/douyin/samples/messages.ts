/** Our own messages in Douyin's shapes: numbers and names are invented, spellings and types are theirs. */
import { createHash } from 'node:crypto'
import type { AppCredentials, Channel, RawDelivery, StoredMessage } from '../../contract'

export const APP_CREDENTIALS: AppCredentials = {
  appKey: '7311223344556677889',
  appSecret: 'b1946ac9-2a4f-4d11-9c55-6f0e3a7d1c02',
}

/** 2026-03-05 20:00:01 in China. */
export const RECEIVED_AT = Date.UTC(2026, 2, 5, 12, 0, 1)
export const UPDATED_AT = Date.UTC(2026, 2, 5, 12, 0, 0)
export const CASE_NUMBER = 7012345678901234567n
export const ORDER_NUMBER = 6912345678901234561n
export const LINE_NUMBER = 6912345678901234562n

type ExactJson =
  null | boolean | number | bigint | string | readonly ExactJson[] | { readonly [field: string]: ExactJson | undefined }
export type Fields = { readonly [field: string]: ExactJson | undefined }

/** JSON with bigints as bare numbers, which the built-in writer cannot do. */
export const stringifyExact = (value: ExactJson): string =>
  JSON.stringify(value, (_, field: unknown) => (typeof field === 'bigint' ? `<<${field}>>` : field)).replace(
    /\\?"<<(\d+)>>\\?"/g,
    '$1',
  )

const pushFields: Fields = {
  aftersale_id: CASE_NUMBER,
  aftersale_status: 6,
  aftersale_type: 0,
  p_id: ORDER_NUMBER,
  s_id: LINE_NUMBER,
  shop_id: 10437001,
  store_id: 0,
  reason_code: 15,
  refund_amount: 8900,
  refund_post_amount: 900,
  refund_voucher_num: 0,
  update_time: '2026-03-05T20:00:00+08:00',
}

/** One element of a push body. The content is what every refund tag carries, changed by `fields`. */
export const pushOf = (tag: string, fields: Fields = {}, msgId = `m-${tag}`): string =>
  stringifyExact({ tag, msg_id: msgId, data: stringifyExact({ ...pushFields, ...fields }) })

export const contentOf = (fields: Fields = {}): string => stringifyExact({ ...pushFields, ...fields })

export const rowOf = (info: Fields = {}, order: Fields = {}, line: Fields = {}): string =>
  stringifyExact({
    aftersale_info: {
      aftersale_status_to_final_time: 0,
      aftersale_id: String(CASE_NUMBER),
      aftersale_order_type: 1,
      aftersale_type: 0,
      aftersale_status: 6,
      aftersale_sub_type: 0,
      related_id: String(LINE_NUMBER),
      apply_time: 1772700000,
      update_time: UPDATED_AT / 1000,
      status_deadline: 1772884800,
      refund_amount: 8900,
      refund_post_amount: 900,
      part_type: 0,
      aftersale_refund_type: 0,
      refund_type: 0,
      refund_status: 1,
      arbitrate_status: 0,
      got_pkg: 0,
      is_agree_refuse_sign: 0,
      return_logistics_code: '',
      return_logistics_company_name: '',
      order_logistics: [
        {
          tracking_no: 'YT7700112233',
          company_name: '圆通速递',
          company_code: 'yuantong',
          logistics_time: 1772600000,
          logistics_state: 0,
        },
      ],
      auto_audit_bits: [],
      ...info,
    },
    order_info: {
      shop_order_id: String(ORDER_NUMBER),
      order_flag: 0,
      related_order_info: [
        {
          sku_order_id: String(LINE_NUMBER),
          order_status: 3,
          pay_amount: 8900,
          post_amount: 900,
          item_num: 9,
          aftersale_item_num: 2,
          product_name: '搪瓷水壶 1.5L',
          product_id: 3612345678901234567n,
          shop_sku_code: 'KETTLE-15-BLUE',
          tags: [{ tag_detail: '7天', tag_detail_en: 'supply_7day_return', tag_link_url: '' }],
          ...line,
        },
      ],
      ...order,
    },
    text_part: { reason_text: '颜色与描述不符', aftersale_status_text: '待商家处理' },
    seller_logs: [],
  })

export const listOf = (rows: readonly string[], total = rows.length, hasMore = false): string =>
  `{"code":10000,"msg":"success","sub_code":"","sub_msg":"","log_id":"20260305","data":{"items":[${rows.join(',')}],` +
  `"has_more":${hasMore},"total":${total},"page":0,"size":${rows.length}}}`

export const detailOf = (
  info: Fields = {},
  arbitration: Fields | null = null,
  logistics: Fields = {},
  order: Fields = {},
): string =>
  stringifyExact({
    code: 10000,
    msg: 'success',
    data: {
      process_info: {
        after_sale_info: {
          after_sale_id: CASE_NUMBER,
          after_sale_status: 6,
          after_sale_type: 0,
          after_sale_sub_type: 0,
          aftersale_status_to_final_time: 0,
          refund_type: 0,
          refund_status: 1,
          refund_total_amount: 8900,
          refund_post_amount: 900,
          apply_time: 1772700000,
          update_time: UPDATED_AT / 1000,
          reason: '颜色与描述不符',
          reason_code: 15,
          status_deadline: 1772884800,
          got_pkg: 0,
          part_type: 0,
          risk_decsison_code: 0,
          post_receiver: '',
          post_tel_sec: '',
          ...info,
        },
        arbitrate_info: arbitration,
        logistics_info: {
          return: { tracking_no: '', company_name: '' },
          exchange: { tracking_no: '', company_name: '' },
          order: [
            { tracking_no: 'YT7700112233', company_name: '圆通速递', company_code: 'yuantong', logistics_state: 0 },
          ],
          resend: { tracking_no: '', company_name: '' },
          ...logistics,
        },
        record_logs_list: [],
      },
      order_info: {
        shop_order_id: ORDER_NUMBER,
        sku_order_infos: [
          {
            sku_order_id: LINE_NUMBER,
            order_status: 3,
            pay_amount: 8900,
            post_amount: 900,
            item_quantity: 9,
            after_sale_item_count: 2,
            product_name: '搪瓷水壶 1.5L',
            shop_sku_code: 'KETTLE-15-BLUE',
            sku_id: 1712345678901234n,
          },
        ],
        ...order,
      },
    },
  })

export const storedMessage = (channel: Channel, raw: string): StoredMessage => ({
  channel,
  raw,
  receivedAt: RECEIVED_AT,
})

/** The signature as the platform makes it: app key, raw body, secret. */
export const signDelivery = (
  body: Buffer | string,
  { appKey, appSecret }: AppCredentials = APP_CREDENTIALS,
): RawDelivery => ({
  headers: {
    'content-type': 'application/json',
    'app-id': appKey,
    'event-sign': createHash('md5').update(appKey).update(body).update(appSecret).digest('hex'),
  },
  body: Buffer.from(body),
})
