import type { ActionOrder, ActionOutcome, StoreSession, CallContext } from '../../contract'
import { outcomeOfAnswer, outcomeOfError } from './action-answers'
import { callOf } from './action-calls'
import { actionLimits } from './limits'
import { call } from './call'

/** Carries out one action by one call, sent once. */
export async function perform(order: ActionOrder, session: StoreSession, ctx: CallContext): Promise<ActionOutcome> {
  const wanted = callOf(order, ctx.now())
  if (!('holder' in wanted)) return wanted
  const { type, holder, fields } = wanted
  // Exactly the text that is sent is signed.
  const params = { [holder]: JSON.stringify(fields) }
  try {
    const response = await call(
      { type, params, withToken: true, limits: actionLimits(type, session), isAction: true },
      session,
      ctx,
    )
    return response.type === 'ok'
      ? outcomeOfAnswer(type, order.caseNumber, response.value.json, session)
      : outcomeOfError(response)
  } catch {
    // A fault of our own: it is not known whether the request was already sent.
    return { type: 'unknown', why: 'a fault of the connector' }
  }
}
