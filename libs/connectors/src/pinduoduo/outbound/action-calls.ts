import type { ActionName } from '#after-sale'
import type { ActionOrder, Json, ActionOutcome } from '../../contract'
import type { CallType } from '../wire'

/** One call: the object that is sent as JSON text under `holder`. */
export interface ActionCall {
  readonly type: CallType
  readonly parameter: 'request' | 'param'
  readonly fields: Readonly<Record<string, Json>>
}

type CallOrOutcome = ActionCall | ActionOutcome

interface CallInput {
  readonly order: ActionOrder
  /** `after_sales_id` and `order_sn`, which nearly every call needs. */
  readonly caseParams: Readonly<Record<string, Json>>
  readonly orderNumber: string
  readonly nowMs: number
}

export const refuseBeforeSending = (code: string, text: string): Extract<ActionOutcome, { type: 'refused' }> => ({
  type: 'refused',
  code: `ours:${code}`,
  text,
})

/** Every action that has a call here. */
const CALL_BUILDERS: Readonly<Partial<Record<ActionName, (input: CallInput) => CallOrOutcome>>> = {
  'approve-refund': ({ order: { action, kind, status }, caseParams }) => {
    if (kind !== undefined && kind !== 'refund-only' && kind !== 'return-and-refund')
      return refuseBeforeSending('not-for-this-kind', 'only a refund can be agreed to in this way')
    // 4, 5 and 10: agreed to by the merchant, by the platform, paid.
    if (status === '4' || status === '5' || status === '10') return { type: 'already-done' }
    return callTo('pdd.refund.agree', { ...caseParams, operate_desc: noteFrom(action) ?? '同意退款' })
  },
  'approve-return': ({ order: { action, kind, status, addressId }, caseParams }) => {
    if (kind !== undefined && kind !== 'return-and-refund')
      return refuseBeforeSending(
        'not-for-this-kind',
        'only the return of a return and refund can be agreed to in this way',
      )
    // 7: agreed to, the buyer is to send.
    if (status === '7') return { type: 'already-done' }
    const chosen = ('addressId' in action ? action.addressId : undefined) ?? addressId
    if (chosen === undefined) return refuseBeforeSending('return-address-missing', 'no return address is given')
    return callTo('pdd.refund.returngoods.agree', {
      ...caseParams,
      operate_desc: noteFrom(action) ?? '同意退货',
      return_address_id: chosen,
    })
  },
  'ship-exchange': ({ order: { action, kind, status }, caseParams }) => {
    if (action.name !== 'ship-exchange' || (kind !== undefined && kind !== 'exchange' && kind !== 'resend'))
      return refuseBeforeSending('not-for-this-kind', 'only an exchange or a resend is shipped in this way')
    if (status === '18') return { type: 'already-done' }
    const { carrier, carrierName, tracking } = action.shipment
    if (!/^\d{1,9}$/.test(carrier))
      return refuseBeforeSending('carrier', "the carrier's number at the marketplace is needed")
    return callTo('pdd.refund.exchange.shipping', {
      ...caseParams,
      shipping_id: Number(carrier),
      shipping_name: carrierName ?? carrier,
      tracking_number: tracking,
    })
  },
  'confirm-receipt': ({ order: { action, returnParcel }, caseParams, nowMs }) => {
    if (action.name !== 'confirm-receipt') return refuseBeforeSending('no-call', 'nothing was received')
    const tracking = action.shipment?.tracking ?? returnParcel?.tracking
    if (tracking === undefined)
      return refuseBeforeSending('return-parcel-missing', 'the number of the return parcel is needed')
    const carrier = action.shipment?.carrier ?? ''
    return callTo('pdd.nextone.logistics.warehouse.update', {
      ...caseParams,
      operate_time: nowMs,
      reverse_tracking_number: tracking,
      ...(/^\d{1,9}$/.test(carrier) ? { reverse_logistics_id: Number(carrier) } : {}),
      warehouse_status: action.fit ? 1 : 2,
    })
  },
  'cancel-sending': ({ order, orderNumber, nowMs }) => {
    if (order.kind !== undefined && order.kind !== 'refund-only')
      return refuseBeforeSending('not-for-this-kind', 'sending is cancelled only for a refund before shipping')
    return {
      type: 'pdd.rdc.pddgenius.sendgoods.cancel',
      parameter: 'param',
      fields: {
        refund_id: encodeCaseNumber(order.caseNumber),
        tid: orderNumber,
        status: 'SUCCESS',
        operate_time: nowMs,
      },
    }
  },
}

/** The one call that carries out an order, or the answer that needs no call. Pure; `now` in UTC ms. */
export function buildCall(order: ActionOrder, now: number): CallOrOutcome {
  const buildActionCall = CALL_BUILDERS[order.action.name]
  if (buildActionCall === undefined)
    return refuseBeforeSending('no-call', `${order.action.name} has no call; a person does it`)
  const { caseNumber, orderNumber } = order
  if (orderNumber === undefined) return refuseBeforeSending('order-number', 'the order number is needed')
  const caseParams = { after_sales_id: encodeCaseNumber(caseNumber), order_sn: orderNumber }
  return buildActionCall({ order, caseParams, orderNumber, nowMs: now })
}

const callTo = (type: CallType, fields: Readonly<Record<string, Json>>): ActionCall => ({
  type,
  parameter: 'request',
  fields,
})

const noteFrom = (action: ActionOrder['action']): string | undefined =>
  'note' in action && action.note !== undefined && action.note.trim() !== '' ? action.note : undefined

/** A case number is sent as a number where that is exact, and as text otherwise: both are documented. */
const encodeCaseNumber = (caseNumber: string): string | number =>
  /^[1-9]\d{0,14}$/.test(caseNumber) ? Number(caseNumber) : caseNumber
