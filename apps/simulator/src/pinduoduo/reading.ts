import type { WireValue } from '../http/wire-json'
import type { CaseRecord, Order } from '../world/case'
import { placeOf } from '../world/vocabulary'
import type { PinduoduoApi, PinduoduoContext } from './api'
import { badBusiness, missing, notFound } from './errors'
import { detailType } from './trade/codes'
import { detailFields, listRow } from './list-row'

/** The documented limit of a list's window. */
const LONGEST_WINDOW_S = 30 * 60

function required(context: PinduoduoContext, name: string): string {
  const value = context.params[name]
  if (value === undefined || value === '') throw missing(name)
  return value
}

function whole(context: PinduoduoContext, name: string, otherwise?: number): number {
  const text = context.params[name] ?? (otherwise === undefined ? required(context, name) : String(otherwise))
  if (!/^\d{1,12}$/.test(text)) throw badBusiness(name)
  return Number(text)
}

function row(context: PinduoduoContext, record: CaseRecord): WireValue {
  return listRow(
    record,
    context.world.findOrder(record.orderNumber) as Order,
    context.faults.shownStatus(record.sequence, record.status),
  )
}

function incrementList(context: PinduoduoContext): WireValue {
  const status = whole(context, 'after_sales_status')
  const type = whole(context, 'after_sales_type')
  const start = whole(context, 'start_updated_at')
  const end = whole(context, 'end_updated_at')
  const page = whole(context, 'page', 1)
  const size = whole(context, 'page_size', 100)
  if (page < 1) throw badBusiness('page')
  if (size < 1 || size > 100) throw badBusiness('page_size 最大100')
  if (type < 1 || type > 6) throw badBusiness('after_sales_type')
  if (end < start || end - start > LONGEST_WINDOW_S) throw badBusiness('开始时间结束时间间距不超过30分钟')
  const orderSn = context.params['order_sn']
  const select = (): CaseRecord[] => {
    if (orderSn !== undefined && orderSn !== '') return casesOfOrder(context, orderSn)
    return context.world
      .updatedIn(context.shopId, start * 1000, (end + 1) * 1000)
      .filter(
        (record) => (status === 1 || record.status === status) && (type === 1 || detailType[record.kind] + 1 === type),
      )
  }
  let rows = select()
  const moved = page > 1 ? context.faults.movedRows(rows.length) : []
  if (moved.length > 0) {
    for (const index of moved)
      context.world.act(rows[index]?.number ?? '', { what: 'note', by: 'buyer', text: '买家留言' })
    rows = select()
  }
  const shown = rows.slice((page - 1) * size, page * size)
  return {
    refund_increment_get_response: {
      refund_list: shown.map((record) => row(context, record)),
      total_count: rows.length,
    },
  }
}

function casesOfOrder(context: PinduoduoContext, orderSn: string): CaseRecord[] {
  const order = context.world.findOrder(orderSn)
  if (order === undefined || order.shopId !== context.shopId) return []
  return order.caseNumbers.map((number) => context.world.find(number)).filter((record) => record !== undefined)
}

function detail(context: PinduoduoContext): WireValue {
  const cases = casesOfOrder(context, required(context, 'order_sn'))
  const wanted = context.params['after_sales_id']
  const record =
    wanted === undefined || wanted === '' || wanted === '0' ? cases.at(-1) : cases.find((one) => one.number === wanted)
  if (record === undefined) throw notFound()
  const order = context.world.findOrder(record.orderNumber) as Order
  return detailFields(record, order, context.faults.shownStatus(record.sequence, record.status))
}

function statusCheck(context: PinduoduoContext): WireValue {
  const open = required(context, 'order_sns')
    .split(',')
    .filter((orderSn) => casesOfOrder(context, orderSn).some((record) => record.finalMs === null))
  return { refund_status_check_response: { order_sns_exists_refund: open.map((orderSn) => ({ order_sn: orderSn })) } }
}

function addressList(context: PinduoduoContext): WireValue {
  const shop = context.world.shop(context.shopId)
  if (shop === undefined) throw notFound()
  const place = placeOf(shop)
  return {
    refund_address_list_get_response: {
      refund_address_list: [
        {
          id: Number(shop.returnAddressId),
          mall_id: Number(shop.id),
          refund_address_id: shop.returnAddressId,
          is_default: 'Y',
          is_legal: true,
          is_validated: true,
          province_id: Number(place.provinceId),
          province_name: place.province,
          city_id: Number(place.cityId),
          city_name: place.city,
          district_id: Number(place.townId),
          district_name: place.town,
          refund_address: '仓储园区 3 号库 售后组',
          refund_name: '售后组',
          refund_phone: '13800000000',
          refund_tel: '',
        },
      ],
    },
  }
}

/** With the documented limits. */
export const readingApis: Readonly<Record<string, PinduoduoApi>> = {
  'pdd.refund.list.increment.get': {
    run: incrementList,
    quotas: [
      { scope: 'shop', seconds: 10, calls: 100 },
      { scope: 'app', seconds: 1, calls: 500 },
      { scope: 'api', seconds: 1, calls: 5500 },
    ],
  },
  'pdd.refund.information.get': { run: detail, quotas: [{ scope: 'api', seconds: 1, calls: 1400 }] },
  'pdd.refund.status.check': { run: statusCheck, quotas: [{ scope: 'shop', seconds: 60, calls: 3000 }] },
  'pdd.refund.address.list.get': {
    run: addressList,
    quotas: [
      { scope: 'shop', seconds: 60, calls: 3000 },
      { scope: 'api', seconds: 1, calls: 1040 },
    ],
  },
}
