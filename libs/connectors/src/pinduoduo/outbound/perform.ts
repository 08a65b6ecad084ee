import type { ActionOrder, ActionOutcome, StoreSession, CallContext } from '../../contract'
import { outcomeOfSuccess, outcomeOfError } from './action-answers'
import { buildCall } from './action-calls'
import { actionRateLimits } from './rate-limits'
import { call } from './call'

/** Carries out one action by one call, sent once. */
export async function perform(order: ActionOrder, session: StoreSession, ctx: CallContext): Promise<ActionOutcome> {
  const callOrOutcome = buildCall(order, ctx.now())
  if (!('parameter' in callOrOutcome)) return callOrOutcome
  const { type, parameter: holder, fields } = callOrOutcome
  // Exactly the text that is sent is signed.
  const params = { [holder]: JSON.stringify(fields) }
  try {
    const response = await call(
      { type, params, withToken: true, limits: actionRateLimits(type, session), isAction: true },
      session,
      ctx,
    )
    return response.type === 'ok'
      ? outcomeOfSuccess(type, order.caseNumber, response.value.json, session)
      : outcomeOfError(response)
  } catch {
    // A fault of our own: it is not known whether the request was already sent.
    return { type: 'unknown', why: 'a fault of the connector' }
  }
}
