import type { ActionOrder, ActionOutcome, StoreSession, CallContext } from '../../contract'
import { redactSecrets } from '../../contract'
import { outcomeOfSuccess, outcomeOfError } from './action-answers'
import { call } from './call'
import { actionRateLimits } from './rate-limits'
import { manifest } from '../manifest'
import { buildOperateParams, refuseBeforeSending } from './operate'
import { OPERATIONS } from './operations'
import type { ActionCall } from './action-calls'
import { OTHER_CALLS, buildResendCall } from './action-calls'

/** The one call that carries out an order, or the answer that needs no call. Pure; `now` in UTC ms. */
export function buildCall(order: ActionOrder, now: number): ActionCall | ActionOutcome {
  const { name } = order.action
  if (manifest[name].way !== 'API') return refuseBeforeSending('no-call', `${name} has no call; a person does it`)
  if (name === 'ship-exchange' && order.kind === 'resend') return buildResendCall(order)
  const buildOtherCall = OTHER_CALLS[name]
  if (buildOtherCall !== undefined) return buildOtherCall(order, Math.floor(now / 1000))
  if (OPERATIONS[name] === undefined) return refuseBeforeSending('no-call', `${name} has no call`)
  const operate = buildOperateParams(order)
  return 'params' in operate ? { method: 'afterSale.operate', params: operate.params } : operate
}

/** Carries out one action by one call, sent once. */
export async function perform(order: ActionOrder, session: StoreSession, ctx: CallContext): Promise<ActionOutcome> {
  const callOrOutcome = buildCall(order, ctx.now())
  if (!('method' in callOrOutcome)) return callOrOutcome
  const { method, params } = callOrOutcome
  const { accessToken } = session
  try {
    const response = await call(
      { method, params, limits: actionRateLimits(session), accessToken, isAction: true },
      session,
      ctx,
    )
    if (response.type !== 'ok') return outcomeOfError(method, response)
    return outcomeOfSuccess(method, order.caseNumber, response.value.answer, (text) => redactSecrets(text, session))
  } catch {
    // A fault of our own: it is not known whether the request was already sent.
    return { type: 'unknown', why: 'a fault of the connector' }
  }
}
