import type { ActionName } from '#after-sale'
import type { ActionOrder, Json, ActionOutcome } from '../../contract'
import type { Params } from './operate'
import { refuseBeforeSending } from './operate'

export interface ActionCall {
  readonly method: string
  readonly params: Params
}

type CallOrOutcome = ActionCall | ActionOutcome
type CallBuilder = (order: ActionOrder, nowSeconds: number) => CallOrOutcome

/** The platform's limit for the evidence of an arbitration. */
const MAX_EVIDENCE_PIECES = 4

/** The actions that have a call of their own beside `afterSale.operate`. Ids are sent as texts. */
export const OTHER_CALLS: Readonly<Partial<Record<ActionName, CallBuilder>>> = {
  intercept: ({ action, caseNumber }) => {
    if (action.name !== 'intercept') return notByThisCall(action.name)
    const { carrier, tracking } = action.shipment
    const target: Json = { company_code: carrier, tracking_no: tracking }
    // 1: the merchant asks.
    return callTo('afterSale.applyLogisticsIntercept', {
      after_sale_id: caseNumber,
      op_from: 1,
      intercept_targets: [target],
    })
  },
  'submit-evidence': ({ action, caseNumber, evidence = [] }) => {
    if (action.name !== 'submit-evidence') return notByThisCall(action.name)
    if (action.text.trim() === '') return refuseBeforeSending('explanation-missing', 'a comment is needed')
    if (action.evidence.length === 0) return refuseBeforeSending('evidence-missing', 'evidence is needed')
    if (action.evidence.length > MAX_EVIDENCE_PIECES)
      return refuseBeforeSending('evidence-count', `at most ${MAX_EVIDENCE_PIECES} pieces`)
    const addresses = action.evidence.map(({ hash }) => evidence.find((piece) => piece.hash === hash)?.url)
    const urls = addresses.filter((url) => url !== undefined)
    if (urls.length < addresses.length)
      return refuseBeforeSending('evidence-not-hosted', 'a piece of evidence has no address')
    if (action.evidence.some(({ kind }) => kind !== 'image'))
      return refuseBeforeSending('evidence-kind', 'only pictures are taken')
    return callTo('afterSale.submitEvidence', { aftersale_id: caseNumber, comment: action.text, evidence: urls })
  },
  'extend-time': ({ caseNumber }) => callTo('afterSale.timeExtend', { aftersale_id: caseNumber }),
  'add-remark': ({ action, caseNumber }) => {
    if (action.name !== 'add-remark') return notByThisCall(action.name)
    if (action.text.trim() === '') return refuseBeforeSending('text-missing', 'a remark is needed')
    return callTo('afterSale.addOrderRemark', { after_sale_id: caseNumber, remark: action.text })
  },
  'cancel-sending': ({ kind, variant, caseNumber }, now) => {
    if (kind !== undefined && (kind !== 'refund-only' || (variant !== undefined && variant !== 'unshipped')))
      return refuseBeforeSending('only-before-shipping', 'sending is cancelled only before shipping')
    return callTo('afterSale.CancelSendGoodsSuccess', { aftersale_id: caseNumber, op_time: now })
  },
  'confirm-receipt': ({ action, caseNumber, returnParcel }, now) => {
    if (action.name !== 'confirm-receipt') return notByThisCall(action.name)
    // There is no call for goods that are not fit: the second review rejects them.
    if (!action.fit)
      return { ...refuseBeforeSending('unfit-goods', 'goods that are not fit are rejected'), instead: 'reject' }
    const tracking = action.shipment?.tracking ?? returnParcel?.tracking
    if (tracking === undefined)
      return refuseBeforeSending('return-parcel-missing', 'the number of the return parcel is needed')
    const carrier = action.shipment?.carrier
    return callTo('afterSale.returnGoodsToWareHouseSuccess', {
      aftersale_id: caseNumber,
      op_time: now,
      tracking_no: tracking,
      ...(carrier === undefined ? {} : { logistics_company_code: carrier }),
    })
  },
}

/** A resend that is agreed to is shipped by `fillLogistics`; 1: the merchant sends. */
export function buildResendCall({ action, caseNumber, status }: ActionOrder): CallOrOutcome {
  if (action.name !== 'ship-exchange') return notByThisCall(action.name)
  if (status === '13') return { type: 'already-done' }
  if (status !== undefined && status !== '8') return { type: 'stale', code: `ours:status-${status}` }
  const { carrier, tracking } = action.shipment
  return callTo('afterSale.fillLogistics', {
    aftersale_id: caseNumber,
    send_type: 1,
    company_code: carrier,
    tracking_no: tracking,
  })
}

const callTo = (method: string, params: Params): ActionCall => ({ method, params })
const notByThisCall = (name: ActionName): ActionOutcome =>
  refuseBeforeSending('not-by-this-call', `${name} is done in another way`)
