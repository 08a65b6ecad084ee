import type { ActionOrder, Json, ActionOutcome } from '../../contract'
import type { Application, Operation } from './operations'
import { applicationOf, OPERATIONS, repairWithoutReturn, ALREADY_IN_EFFECT } from './operations'
import type { Param } from '../sign'

export type Params = { readonly [key: string]: Param }

export const refuseBeforeSending = (code: string, text: string): Extract<ActionOutcome, { type: 'refused' }> => ({
  type: 'refused',
  code: `ours:${code}`,
  text,
})
/** An int64 of the official structs of Douyin, as text. */
const INT64 = /^\d{1,18}$/
const parseInt64 = (digits: string): number | bigint =>
  Number.isSafeInteger(Number(digits)) ? Number(digits) : BigInt(digits)
const stale = (code: string): ActionOutcome => ({ type: 'stale', code: `ours:${code}` })

/**
 * The parameters of `afterSale.operate` for an order: exactly one item, with the version that was judged.
 * Or the result, where no call is needed. Pure.
 */
export function buildOperateParams(order: ActionOrder): { readonly params: Params } | ActionOutcome {
  const { kind, variant } = order
  if (kind === undefined) return stale('kind-unknown')
  const application = applicationOf(kind, variant)
  if (application === undefined) return stale('shipped-or-not-unknown')
  // A refund before shipping is refused by shipping the order, not by an answer.
  if (order.action.name === 'reject' && application === 'unshipped-refund')
    return refuseBeforeSending(
      'no-rejection-before-shipping',
      'a refund before shipping is refused by shipping the order',
    )
  const chosenValue = findOperation(order, application)
  if (!('operation' in chosenValue)) return chosenValue
  const itemOrOutcome = buildItem(order, chosenValue.operation)
  return 'item' in itemOrOutcome
    ? { params: { type: chosenValue.operation.type, items: [itemOrOutcome.item] } }
    : itemOrOutcome
}

type OperationOrOutcome = { readonly operation: Operation } | ActionOutcome
type ItemOrOutcome = { readonly item: Params } | ActionOutcome

function findOperation({ action, status }: ActionOrder, application: Application): OperationOrOutcome {
  const operationsOfAction = OPERATIONS[action.name]?.[application]
  if (operationsOfAction === undefined)
    return refuseBeforeSending('not-for-this-kind', `there is no ${action.name} for this kind of case`)
  const operations = action.name === 'approve-repair' && !action.sendBack ? [repairWithoutReturn] : operationsOfAction
  if (status === undefined) return stale('status-unknown')
  const code = Number(status)
  const operation = operations.find(({ statuses }) => statuses.includes(code))
  if (operation !== undefined) return { operation }
  if (ALREADY_IN_EFFECT[action.name]?.includes(code)) return { type: 'already-done' }
  // At first review there is no "refund": the return has to be turned into one.
  if (action.name === 'approve-refund' && application === 'return-and-refund' && (code === 6 || code === 27))
    return {
      ...refuseBeforeSending('return-not-agreed-yet', 'the return is not agreed to yet'),
      instead: 'turn-into-refund',
    }
  return stale(`status-${status}`)
}

/** One item; `update_time` always goes along: the platform refuses what was judged on an older application. */
function buildItem(order: ActionOrder, { requires }: Operation): ItemOrOutcome {
  const item = { aftersale_id: order.caseNumber, update_time: Math.floor(order.revision / 1000) }
  switch (requires) {
    case 'nothing':
      return { item }
    case 'address':
      return withAddress(order, item)
    case 'parcel':
      return withParcel(order, item)
    case 'reasons':
      return withReasons(order, item)
  }
}

function withAddress({ action, addressId }: ActionOrder, item: Params): ItemOrOutcome {
  const chosen = ('addressId' in action ? action.addressId : undefined) ?? addressId
  if (chosen === undefined) return refuseBeforeSending('return-address-missing', 'no return address is given')
  if (!INT64.test(chosen))
    return refuseBeforeSending('return-address-invalid', 'the id of a return address is a number')
  return { item: { ...item, logistics: { receiver_address_id: parseInt64(chosen) } } }
}

function withParcel({ action }: ActionOrder, item: Params): ItemOrOutcome {
  if (action.name !== 'ship-exchange') return refuseBeforeSending('shipment-missing', 'no shipment is given')
  const { carrier, tracking } = action.shipment
  return { item: { ...item, logistics: { company_code: carrier, logistics_code: tracking } } }
}

function withReasons({ action, evidence = [] }: ActionOrder, item: Params): ItemOrOutcome {
  if (action.name !== 'reject') return refuseBeforeSending('reason-missing', 'no reason is given')
  const { reasonCode, reason, explanation } = action
  if (reasonCode === undefined || !INT64.test(reasonCode))
    return refuseBeforeSending('reason-code-missing', 'a reason of the list for this case is needed')
  if (reason.trim() === '' || explanation.trim() === '')
    return refuseBeforeSending('reason-missing', 'reason and explanation are needed')
  const evidenceItems: Json[] = []
  for (const { hash, kind } of action.evidence) {
    const hosted = evidence.find((piece) => piece.hash === hash)
    if (hosted === undefined) return refuseBeforeSending('evidence-not-hosted', 'a piece of evidence has no address')
    if (kind === 'document') return refuseBeforeSending('evidence-kind', 'only pictures and videos are taken')
    evidenceItems.push({ type: kind === 'image' ? 1 : 2, url: hosted.url, desc: hosted.description ?? '' })
  }
  return {
    item: { ...item, reason, remark: explanation, reject_reason_code: parseInt64(reasonCode), evidence: evidenceItems },
  }
}
