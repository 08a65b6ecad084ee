import type { ActionOrder, CallContext, Json, ActionOutcome, StoreSession } from '../../contract'
import { asId, outcomeOfFailure } from '../../contract'
import { manifest } from '../manifest'
import type { Call } from './call'
import { call } from './call'
import { CASE_CHANGED } from './errors'

/** The one call that carries out an order, or the answer that needs no call. Pure. */
export function buildCall({ action, caseNumber, revision, addressId }: ActionOrder): Call | ActionOutcome {
  const refuse = (code: string, text: string): ActionOutcome => ({ type: 'refused', code: `ours:${code}`, text })
  if (manifest[action.name].way !== 'API') return refuse('no-call', `${action.name} has no call`)
  const version: Json = Math.floor(revision / 1000)
  const params = { skeleton_case_id: caseNumber, version }
  if (action.name !== 'approve-return') return agreeCall({ ...params, to: 'refund' })
  return addressId === undefined
    ? refuse('address-missing', 'a return needs an address')
    : agreeCall({ ...params, to: 'return', address: addressId })
}

const agreeCall = (params: Call['params']): Call => ({ method: 'skeleton.case.agree', params, isAction: true })

/** Carries out one action by one call, sent once. */
export async function perform(order: ActionOrder, session: StoreSession, ctx: CallContext): Promise<ActionOutcome> {
  const callOrOutcome = buildCall(order)
  if (!('method' in callOrOutcome)) return callOrOutcome
  try {
    const answer = await call(callOrOutcome, session, ctx)
    if (answer.type === 'refused' && answer.code === CASE_CHANGED) return { type: 'stale', code: CASE_CHANGED }
    if (answer.type !== 'ok') return outcomeOfFailure(answer)
    if (asId(answer.value.data['skeleton_case_id']) === order.caseNumber) return { type: 'done' }
    return { type: 'unknown', why: 'an answer about another case' }
  } catch {
    // An internal error, wherever it was: the request may have been sent already.
    return { type: 'unknown', why: 'a fault of the connector' }
  }
}
