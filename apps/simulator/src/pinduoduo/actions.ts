import { readJson } from '../http/wire-json'
import type { WireValue } from '../http/wire-json'
import type { Act } from '../world/acts'
import { carrierById } from '../world/applications'
import type { CaseRecord } from '../world/case'
import type { PinduoduoApi, PinduoduoContext } from './api'
import { badBusiness, missing } from './errors'

type Fields = Readonly<Record<string, unknown>>

/** An object parameter travels as JSON text, the very text that was signed. */
function objectOf(context: PinduoduoContext, name: string): Fields {
  const text = context.params[name]
  if (text === undefined || text === '') throw missing(name)
  try {
    const { value } = readJson(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  } catch {
    // falls through to the platform's own error
  }
  throw badBusiness(name)
}

function textOf(fields: Fields, name: string): string {
  const value = fields[name]
  if (typeof value === 'string' && value !== '') return value
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  throw missing(name)
}

interface ActionResult {
  readonly succ: boolean
  readonly message: string
}

function perform(
  context: PinduoduoContext,
  number: string,
  orderSn: string,
  act: (record: CaseRecord) => Act | string,
): ActionResult {
  const record = context.world.find(number)
  const own = record !== undefined && record.shopId === context.shopId && record.orderNumber === orderSn
  const wanted = context.stale ? '售后单状态已变更，请刷新后重试' : own ? act(record) : '售后单不存在'
  const outcome =
    typeof wanted === 'string' ? { changed: false as const, why: wanted } : context.world.act(number, wanted)
  const done = outcome.changed ? { succ: true, message: '操作成功' } : { succ: false, message: outcome.why }
  context.calls.action({
    atMs: context.world.clock.now(),
    marketplace: 'pinduoduo',
    api: context.api,
    shopId: context.shopId,
    caseNumber: number,
    carriedOut: done.succ,
    answer: done.message,
  })
  return done
}

function agree(context: PinduoduoContext): WireValue {
  const request = objectOf(context, 'request')
  const [number, orderSn] = [textOf(request, 'after_sales_id'), textOf(request, 'order_sn')]
  const { succ, message } = perform(context, number, orderSn, () => ({ what: 'agree-refund', by: 'merchant' }))
  return { response: { result: { after_sales_id: Number(number), message, order_sn: orderSn, succ } } }
}

function agreeReturn(context: PinduoduoContext): WireValue {
  const request = objectOf(context, 'request')
  const [number, orderSn] = [textOf(request, 'after_sales_id'), textOf(request, 'order_sn')]
  const address = request['return_address_id']
  const known =
    address === undefined || String(address as string | number) === context.world.shop(context.shopId)?.returnAddressId
  const done = perform(context, number, orderSn, () =>
    known ? { what: 'agree-return', by: 'merchant' } : '退货地址不存在',
  )
  // The success flag is `success` here and `succ` in its sister APIs.
  const result = { after_sales_id: Number(number), message: done.message, order_sn: orderSn, success: done.succ }
  return { response: { success: true, error_code: 0, error_msg: '', result } }
}

function shipExchange(context: PinduoduoContext): WireValue {
  const request = objectOf(context, 'request')
  const [number, orderSn] = [textOf(request, 'after_sales_id'), textOf(request, 'order_sn')]
  const carrier = carrierById(Number(textOf(request, 'shipping_id')), textOf(request, 'shipping_name'))
  const sentMs = context.world.clock.now()
  const parcel = {
    carrierId: carrier.id,
    carrierCode: carrier.code,
    carrierName: carrier.name,
    trackingNumber: textOf(request, 'tracking_number'),
    sentMs,
  }
  const { succ, message } = perform(context, number, orderSn, () => ({ what: 'ship-goods', by: 'merchant', parcel }))
  return { response: { result: { after_sales_id: Number(number), message, order_sn: orderSn, succ } } }
}

/** The warehouse's report. It decides nothing: the merchant still has to refund. */
function confirmReceipt(context: PinduoduoContext): WireValue {
  const request = objectOf(context, 'request')
  const [number, orderSn] = [textOf(request, 'after_sales_id'), textOf(request, 'order_sn')]
  const ok = textOf(request, 'warehouse_status') === '1'
  const tracking = textOf(request, 'reverse_tracking_number')
  const done = perform(context, number, orderSn, (record) =>
    record.returnParcel?.trackingNumber === tracking
      ? { what: 'note', by: 'merchant', text: ok ? '退货已入库' : '退货入库失败' }
      : '退货运单号不匹配',
  )
  if (!done.succ) throw badBusiness(done.message)
  return { response: { result: { after_sales_id: Number(number), order_sn: orderSn } } }
}

/** Before shipping: if sending was cancelled the refund is agreed at once; if not, the parcel is on its way. */
function cancelSending(context: PinduoduoContext): WireValue {
  const param = objectOf(context, 'param')
  const [number, orderSn, status] = [textOf(param, 'refund_id'), textOf(param, 'tid'), textOf(param, 'status')]
  if (status !== 'SUCCESS' && status !== 'FAIL') throw badBusiness('status')
  const done = perform(context, number, orderSn, (record) => {
    if (record.kind !== 'refund-only-unshipped') return '仅支持未发货仅退款'
    return status === 'SUCCESS'
      ? { what: 'agree-refund', by: 'merchant' }
      : { what: 'note', by: 'merchant', text: '取消发货失败' }
  })
  if (!done.succ) throw badBusiness(done.message)
  return { rdc_pddgenius_sendgoods_cancel_response: { result: { result_data: { refund_id: Number(number) } } } }
}

export const actionApis: Readonly<Record<string, PinduoduoApi>> = {
  'pdd.refund.agree': { run: agree, quotas: [], action: true },
  'pdd.refund.returngoods.agree': { run: agreeReturn, quotas: [], action: true },
  'pdd.refund.exchange.shipping': { run: shipExchange, quotas: [], action: true },
  'pdd.nextone.logistics.warehouse.update': { run: confirmReceipt, quotas: [], action: true },
  'pdd.rdc.pddgenius.sendgoods.cancel': {
    run: cancelSending,
    quotas: [{ scope: 'api', seconds: 1, calls: 1200 }],
    action: true,
  },
}
