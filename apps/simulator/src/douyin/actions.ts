import type { WireValue } from '../http/wire-json'
import { carrierByCode, carrierById } from '../world/applications'
import type { Parcel } from '../world/case'
import type { DouyinApi, DouyinContext } from './api'
import { idParam, optionalId, optionalWhole, ownCase, textParam } from './api'
import { actOnCase } from './act-on-case'
import { operationFailed, invalidParam, missingParam, noSuchCase, staleStatus } from './errors'
import { intercept } from './intercept'
import { operate } from './operate'

const by = 'merchant' as const

function parcelParam(context: DouyinContext): Parcel {
  const carrier = carrierByCode(textParam(context, 'company_code'))
  return {
    carrierId: carrier.id,
    carrierCode: carrier.code,
    carrierName: carrier.name,
    trackingNumber: textParam(context, 'tracking_no'),
    sentMs: context.world.clock.now(),
  }
}

function submitEvidence(context: DouyinContext): WireValue {
  const record = ownCase(context, idParam(context, 'aftersale_id'))
  const evidence = context.param['evidence']
  if (!Array.isArray(evidence) || evidence.length === 0) throw missingParam('evidence')
  if (evidence.length > 4 || !evidence.every((url) => typeof url === 'string' && !context.unfetched.has(url)))
    throw invalidParam('evidence')
  textParam(context, 'comment')
  actOnCase(context, record, { what: 'submit-evidence', by, evidence: evidence as string[] })
  return {}
}

function fillLogistics(context: DouyinContext): WireValue {
  const record = ownCase(context, idParam(context, 'aftersale_id'))
  const sendType = optionalWhole(context, 'send_type')
  const sent = parcelParam(context)
  if (sendType === 1 && record.kind === 'resend') actOnCase(context, record, { what: 'ship-goods', by, parcel: sent })
  else if (sendType === 3 || (sendType === 4 && record.kind === 'repair'))
    actOnCase(context, record, { what: 'send-back', by, parcel: sent })
  else throw invalidParam('send_type')
  return {}
}

/** Reports that the warehouse has the goods. Only if the shop's assistant is on does that refund (R164). */
function confirmReceipt(context: DouyinContext): WireValue {
  const record = ownCase(context, idParam(context, 'aftersale_id'))
  if (optionalWhole(context, 'op_time') === undefined) throw missingParam('op_time')
  const assistant = context.world.automations.of(context.shopId)?.warehouse
  if (record.status !== 11) throw staleStatus()
  // The tracking number is optional, but a wrong one is refused.
  const tracking = context.param['tracking_no'] ?? ''
  if (tracking !== '' && tracking !== record.returnParcel?.trackingNumber)
    throw operationFailed(11000, '退货物流单号与售后单不一致')
  if (assistant === 'off') throw operationFailed(11002, '商家未设置售后小助手退货入仓策略')
  if (assistant !== 'on') throw operationFailed(12001, '未命中售后小助手策略')
  actOnCase(context, record, { what: 'agree-refund', by: 'system', way: 2 })
  return {}
}

function cancelSending(context: DouyinContext): WireValue {
  const record = ownCase(context, idParam(context, 'aftersale_id'))
  if (record.kind !== 'refund-only-unshipped') throw operationFailed(11005, '仅支持未发货仅退款')
  if (optionalWhole(context, 'op_time') === undefined) throw missingParam('op_time')
  if (context.world.automations.of(context.shopId)?.warehouse === 'off')
    throw operationFailed(11002, '店铺未设置或启用售后小助手策略')
  actOnCase(context, record, { what: 'agree-refund', by: 'system', way: 2 })
  return {}
}

function addRemark(context: DouyinContext): WireValue {
  const number = optionalId(context, 'after_sale_id')
  const orderNumber = optionalId(context, 'order_id')
  if (number === undefined && orderNumber === undefined) throw missingParam('after_sale_id')
  const numbers = number === undefined ? (context.world.findOrder(orderNumber ?? '')?.caseNumbers ?? []) : [number]
  const [first] = numbers
  if (first === undefined) throw noSuchCase()
  actOnCase(context, ownCase(context, first), { what: 'note', by, text: textParam(context, 'remark') })
  return {}
}

/** Shipping the order refuses its refunds before shipping: Douyin has no other way to refuse them. */
function shipOrder(context: DouyinContext): WireValue {
  const order = context.world.findOrder(idParam(context, 'order_id'))
  if (order === undefined || order.shopId !== context.shopId) throw operationFailed(12000, '订单不存在')
  const carrier = carrierById(0, textParam(context, 'company_code'))
  const sent = {
    carrierId: carrier.id,
    carrierCode: carrier.code,
    carrierName: carrier.name,
    trackingNumber: textParam(context, 'logistics_code'),
    sentMs: context.world.clock.now(),
  }
  const open = order.caseNumbers
    .map((number) => context.world.find(number))
    .filter((record) => record !== undefined && record.kind === 'refund-only-unshipped')
  for (const record of open)
    if (record?.finalMs === null) actOnCase(context, record, { what: 'ship-order', by, parcel: sent })
  return {}
}

export const actionApis: Readonly<Record<string, DouyinApi>> = {
  'afterSale.operate': { run: operate, quotas: [], action: true },
  'afterSale.submitEvidence': { run: submitEvidence, quotas: [], action: true },
  'afterSale.timeExtend': {
    run: (context) => {
      actOnCase(context, ownCase(context, idParam(context, 'aftersale_id')), { what: 'extend-time', by })
      return {}
    },
    quotas: [],
    action: true,
  },
  'afterSale.fillLogistics': { run: fillLogistics, quotas: [], action: true },
  'afterSale.returnGoodsToWareHouseSuccess': { run: confirmReceipt, quotas: [], action: true },
  'afterSale.CancelSendGoodsSuccess': { run: cancelSending, quotas: [], action: true },
  'afterSale.applyLogisticsIntercept': { run: intercept, quotas: [], action: true },
  'afterSale.addOrderRemark': { run: addRemark, quotas: [], action: true },
  'order.logisticsAdd': { run: shipOrder, quotas: [], action: true },
}
