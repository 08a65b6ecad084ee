import type { Answer, CallContext, Json, JsonObject, StoreSession } from '../../contract'
import { asObject, decodeUtf8, postOnce, parseJson, redactSecrets } from '../../contract'
import { signatureOf } from '../sign'
import type { Envelope, Method } from '../wire'
import { SIGNATURE_HEADER } from '../wire'
import { interpretError } from './errors'
import { callRateLimits } from './rate-limits'

/** A usable answer: its exact text and what it holds. */
export interface ApiResponse {
  readonly text: string
  readonly data: JsonObject
}

export interface Call {
  readonly method: Method
  readonly params: Readonly<Record<string, Json>>
  /** The call changes something: unless the answer shows that nothing was done, the outcome is unknown. */
  readonly isAction?: true
}

/** One signed call, sent once. Never throws. */
export async function call(request: Call, session: StoreSession, ctx: CallContext): Promise<Answer<ApiResponse>> {
  const limits = callRateLimits(session)
  try {
    await ctx.rateLimiter.admit(limits, ctx.signal)
  } catch {
    return { type: 'unknown', why: 'stopped before the call', unsent: true }
  }
  const base = session.endpoints['api'] ?? ''
  if (!URL.canParse(base)) return { type: 'refused', code: 'settings', text: 'the address of the API is not a URL' }
  const { appKey, accessToken } = session
  const body = JSON.stringify({ app: appKey, token: accessToken, time: ctx.now(), ...request.params })
  const headers = { 'content-type': 'application/json', [SIGNATURE_HEADER]: signatureOf(body, session.appSecret) }
  const response = await postOnce(new URL(`/${request.method}`, base), headers, body, ctx.signal)
  if ('why' in response) return { type: 'unknown', ...response }
  if (response.status !== 200) return { type: 'unknown', why: `HTTP ${response.status}` }
  const text = decodeUtf8(response.body)
  const answer = asObject(parseJson(text)) as Envelope | undefined
  if (answer === undefined) return { type: 'unknown', why: 'the answer is not a JSON object' }
  const failure = interpretError(answer, (text) => redactSecrets(text, session), request.isAction)
  if (failure?.type === 'try-later') ctx.rateLimiter.hold(limits, failure.afterMs)
  return failure ?? { type: 'ok', value: { text, data: asObject(answer.data) ?? {} } }
}
