import type { Answer, CallContext, StoreSession } from '../../contract'
import { call } from './call'
import { unwrap } from './unwrap-answer'

/** Subscribes to this shop's messages on the app's connection: all topics that the app has. */
export async function subscribe(session: StoreSession, ctx: CallContext): Promise<Answer<void>> {
  const answer = await call({ type: 'pdd.pmc.user.permit', params: {}, withToken: true, limits: [] }, session, ctx)
  if (answer.type !== 'ok') return answer
  return unwrap(answer.value.json, 'is_success').is_success === true
    ? { type: 'ok', value: undefined }
    : { type: 'refused', code: 'not-permitted', text: 'is_success is not true' }
}
