import type { Answer, CallContext, JsonObject, StoreSession } from '../../contract'
import { asObject } from '../../contract'
import { call } from './call'
import { tokenRateLimits } from './rate-limits'
import type { Param } from '../sign'

/** A call that answers tokens; it has no access token of its own. */
export async function callForTokens(
  method: 'token.create' | 'token.refresh',
  params: Readonly<Record<string, Param>>,
  session: StoreSession,
  ctx: CallContext,
): Promise<Answer<JsonObject>> {
  const answer = await call({ method, params, limits: tokenRateLimits(session) }, session, ctx)
  return answer.type === 'ok' ? { type: 'ok', value: asObject(answer.value.answer['data']) ?? {} } : answer
}
