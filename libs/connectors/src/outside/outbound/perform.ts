import type { ActionOrder, CallContext, ActionOutcome, StoreSession } from '../../contract'
import { REQUEST_TYPES } from '../wire'
import { call } from './call'
import { NOT_PUBLISHING, actionOutcomeOf } from './publish-outcomes'

/**
 * Publishes an action for an external adapter, which may carry it out until it expires. The message id is derived from the
 * claim, so a repetition is recognised, and a later claim makes a new message.
 */
export async function perform(order: ActionOrder, session: StoreSession, ctx: CallContext): Promise<ActionOutcome> {
  const { adapterPublisher } = ctx
  const { claim } = order
  if (adapterPublisher === undefined || claim === undefined) return NOT_PUBLISHING
  try {
    // Our side has no rate limit here; `admit` also rejects once the claim is over.
    await ctx.rateLimiter.admit([], ctx.signal)
  } catch {
    return { type: 'try-later', afterMs: 0, why: 'stopped before the message was published' }
  }
  const { answerMs } = adapterPublisher
  const request = {
    id: `${claim.effect}/${claim.token}`,
    type: REQUEST_TYPES.act,
    case: claim.case,
    body: JSON.stringify(buildActMessage(order, session, ctx.now() + answerMs)),
  }
  return actionOutcomeOf(await call(request, session, ctx), answerMs)
}

/** The message `act.v1`. Pure. `expires`: UTC ms. */
export function buildActMessage(
  { claim, evidence, action, ...order }: ActionOrder,
  { appKey, shop }: StoreSession,
  expires: number,
): object {
  const { revision, status, ...rest } = order
  return {
    adapter: appKey,
    shop,
    case: claim?.case,
    effect: claim?.effect,
    token: claim?.token,
    expires,
    judged: revision,
    raw: status,
    ...rest,
    action,
    // The addresses that the evidence can be fetched from.
    ...(evidence === undefined ? {} : { hosted: evidence }),
  }
}
