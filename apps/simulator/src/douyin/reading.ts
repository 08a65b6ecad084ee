import { DAY } from '../world/platform-rules'
import type { WireValue } from '../http/wire-json'
import type { CaseRecord, Order } from '../world/case'
import { seconds } from './trade/codes'
import type { DouyinApi, DouyinContext } from './api'
import { idParam, optionalId, optionalWhole, ownCase, shownCase } from './api'
import { RETURN_DETAIL, placeOf } from '../world/vocabulary'
import { operationFailed, invalidParam, missingParam, noSuchCase } from './errors'
import { detailOf } from './case-detail'
import { filtersOf } from './list-filters'
import { listItem } from './list-row'

/** The documented limit of page × size. */
const DEEPEST_ROW = 50_000
const ORDERINGS: Readonly<Record<string, (c: CaseRecord) => number>> = {
  update_time: (c) => seconds(c.updatedMs),
  apply_time: (c) => seconds(c.appliedMs),
  status_deadline: (c) => (c.dueMs === null ? 0 : seconds(c.dueMs)),
}

function orderingOf(context: DouyinContext): ((a: CaseRecord, b: CaseRecord) => number) | undefined {
  const list = context.param['order_by'] ?? ['apply_time desc']
  const terms = (Array.isArray(list) ? (list as unknown[]) : [list]).map((term) => {
    const [field = '', direction = 'asc'] = typeof term === 'string' ? term.trim().split(/\s+/) : []
    const value = Object.hasOwn(ORDERINGS, field) ? ORDERINGS[field] : undefined
    if (value === undefined || !['asc', 'desc'].includes(direction)) throw invalidParam('order_by')
    return { field, value, sign: direction === 'asc' ? 1 : -1 }
  })
  const [only] = terms
  // The world returns cases in this order already.
  if (terms.length === 1 && only?.field === 'update_time' && only.sign === 1) return undefined
  return (a, b) => {
    for (const { value, sign } of terms) if (value(a) !== value(b)) return (value(a) - value(b)) * sign
    return 0
  }
}

function list(context: DouyinContext): WireValue {
  const page = optionalWhole(context, 'page')
  const size = optionalWhole(context, 'size')
  if (page === undefined) throw missingParam('page')
  if (size === undefined) throw missingParam('size')
  if (page < 0) throw invalidParam('page')
  if (size < 1 || size > 100) throw invalidParam('size')
  if (page * size > DEEPEST_ROW) throw invalidParam('page*size 不能超过50000')
  const now = context.world.clock.now()
  const from = optionalWhole(context, 'update_start_time')
  const until = optionalWhole(context, 'update_end_time')
  const matches = filtersOf(context)
  const ordering = orderingOf(context)
  const select = (): CaseRecord[] => {
    // Without a range: the last six months.
    const rows = context.world
      .updatedIn(
        context.shopId,
        from === undefined ? now - 180 * DAY : from * 1000,
        until === undefined ? Infinity : until * 1000,
      )
      .filter((record) => matches(record, context.world.findOrder(record.orderNumber) as Order))
    return ordering === undefined ? rows : rows.sort(ordering)
  }
  let rows = select()
  const moved = page > 0 ? context.faults.movedRows(rows.length) : []
  if (moved.length > 0) {
    for (const index of moved)
      context.world.act(rows[index]?.number ?? '', { what: 'note', by: 'buyer', text: '买家留言' })
    rows = select()
  }
  const items = rows.slice(page * size, (page + 1) * size)
  return {
    items: items.map((record) => listItem(shownCase(context, record))),
    has_more: (page + 1) * size < rows.length,
    total: rows.length,
    page,
    size: items.length,
  }
}

function readDetail(context: DouyinContext): WireValue {
  const record = ownCase(context, idParam(context, 'after_sale_id'))
  return detailOf(shownCase(context, record), context.param['need_operation_record'] === true)
}

/** Reasons exist only for shipped orders; the codes have no public table, so they are the simulator's own. */
function rejectReasons(context: DouyinContext): WireValue {
  const number = optionalId(context, 'aftersale_id')
  const record = number === undefined ? undefined : ownCase(context, number)
  if (record?.kind === 'refund-only-unshipped') return { items: [] }
  const item = (code: number, reason: string, evidence: boolean): WireValue => ({
    reject_reason_code: code,
    reason,
    evidence_description: evidence ? '请上传开箱视频或物流公司盖章证明' : '',
    evidence_need: evidence ? 'Y' : 'N',
    image: '',
    order_type: -1,
    pkg: -1,
  })
  return {
    items: [
      item(101, '商品影响二次销售', true),
      item(102, '买家未退回商品', false),
      item(103, '已与买家协商一致', false),
    ],
  }
}

/** The address book; the spelling of the fields is the platform's. */
function addressList(context: DouyinContext): WireValue {
  const shop = context.world.shop(context.shopId)
  if (shop === undefined) throw noSuchCase()
  const place = placeOf(shop)
  const pageNo = optionalWhole(context, 'page_no') ?? 1
  const address = {
    address_id: BigInt(shop.returnAddressId),
    reciever_name: '售后组',
    is_default: 1,
    is_send_default: 0,
    create_time: '1700000000',
    update_time: '1700000000',
    receiver_provinc: place.province,
    receiver_city: place.city,
    receiver_district: place.town,
    receiver_street: '',
    receiver_detail: RETURN_DETAIL,
    remark: '',
  }
  return {
    total: 1,
    page_no: pageNo,
    page_size: optionalWhole(context, 'page_size') ?? 10,
    address_list: pageNo === 1 ? [address] : [],
  }
}

/** Finds an order by its number or that of one of its lines, which follow the order's number. */
function ownOrder(context: DouyinContext): Order | undefined {
  const number = BigInt(idParam(context, 'order_id'))
  for (const before of [0n, 2n, 4n]) {
    const order = context.world.findOrder(String(number - before))
    if (order?.shopId === context.shopId && order.lines.some((line) => line.number === String(number))) return order
  }
  return undefined
}

function lateChannel(context: DouyinContext): WireValue {
  const own = ownOrder(context) !== undefined
  return {
    conclusion: {
      match_conclusion: own ? 1 : 0,
      match_message: own ? '' : '订单不存在',
      can_apply_type_list: own ? [0, 1, 3] : [],
      match_success: own,
    },
  }
}

/** Allows a late application; the answer has no data. No buyer of the world applies late, so it has no effect. */
function openLateChannel(context: DouyinContext): WireValue {
  if (ownOrder(context) === undefined) throw operationFailed(12000, '订单不存在')
  return {}
}

export const readingApis: Readonly<Record<string, DouyinApi>> = {
  'afterSale.List': { run: list, quotas: [{ scope: 'app', seconds: 1, calls: 500 }] },
  'afterSale.Detail': { run: readDetail, quotas: [] },
  'afterSale.rejectReasonCodeList': { run: rejectReasons, quotas: [] },
  'address.list': { run: addressList, quotas: [] },
  'afterSale.OpenAfterSaleChannel': { run: lateChannel, quotas: [] },
  'afterSale.openOutAfterSale': { run: openLateChannel, quotas: [] },
}
