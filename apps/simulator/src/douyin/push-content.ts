import type { Announcement } from '../world/announcement'
import type { WireValue } from '../http/wire-json'
import { writeJson } from '../http/wire-json'
import { chinaIsoText } from '../http/wire-time'
import { aftersaleType, seconds } from './trade/codes'

/** Pushes with neither amounts nor an update_time: the receiver has to read the case. */
const TAGS_WITHOUT_AMOUNTS: ReadonlySet<string> = new Set(['209', '212', '213', '214', '215', '216', '217', '218'])
const SPECIAL_RIGHT_TAGS: ReadonlySet<string> = new Set(['224', '225'])

/** One message of a push, as it is posted. */
export interface WireMessage {
  readonly tag: string
  readonly msg_id: string
  /** JSON text inside the JSON of the body; ids in it are bare numbers beyond 2^53. */
  readonly data: string
}

/** The message about a change of a case, with the fields that its tag has. */
export function wireMessage(
  { sequence, shop, record: c, notice, atMs }: Announcement,
  shownStatus: number,
): WireMessage {
  const tag = notice.type
  const ids = {
    shop_id: BigInt(shop.id),
    store_id: 0,
    aftersale_id: BigInt(c.number),
    // Tag 227 alone spells this field with two underscores.
    [tag === '227' ? 'after_sale_status' : 'aftersale_status']: shownStatus,
    aftersale_type: aftersaleType(c),
    s_id: BigInt(c.line.number),
    p_id: BigInt(c.orderNumber),
  }
  const ownFields: Record<string, WireValue> = { ...notice.own }
  if (tag === '202') {
    ownFields['addr'] = JSON.stringify({ address_id: shop.returnAddressId, detail: '仓储园区 3 号库 售后组' })
    ownFields['return_book_info'] = { send_type: 1, time_begin: 0, time_end: 0, addr: '', encrypt_addr: '' }
  }
  const amounts = { refund_amount: c.refundFen, refund_post_amount: c.freightFen, refund_voucher_num: 0 }
  const data: Record<string, WireValue> = TAGS_WITHOUT_AMOUNTS.has(tag)
    ? { ...ids, ...ownFields }
    : SPECIAL_RIGHT_TAGS.has(tag)
      ? { ...amounts, ...ids, ...ownFields }
      : { ...amounts, ...ids, reason_code: c.reasonCode, ...ownFields, update_time: chinaIsoText(c.updatedMs) }
  return { tag, msg_id: `${c.line.number}::${tag}:${seconds(atMs)}:${sequence}`, data: writeJson(data) }
}
