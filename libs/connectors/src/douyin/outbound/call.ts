import type { Answer, JsonObject, RateLimit, StoreSession, CallContext } from '../../contract'
import { asObject, decodeUtf8, postOnce, parseJson, redactSecrets } from '../../contract'
import { interpretEnvelope, THROTTLE_DELAY_MS } from './errors'
import type { Param } from '../sign'
import { paramJsonOf, signatureOf } from '../sign'
import type { GatewayAnswer } from '../wire'

export interface Call {
  /** With dots, `afterSale.List`; the path is the same with slashes. */
  readonly method: string
  readonly params: { readonly [key: string]: Param }
  readonly limits: readonly RateLimit[]
  /** Absent in token calls. */
  readonly accessToken?: string
  /** It changes something: without a clear answer that nothing was done, the outcome is unknown. */
  readonly isAction?: true
}

export interface GatewayResponse {
  readonly text: string
  readonly answer: JsonObject
}

/** One signed call to the gateway. Results never contain secrets. */
export async function call(request: Call, session: StoreSession, ctx: CallContext): Promise<Answer<GatewayResponse>> {
  try {
    await ctx.rateLimiter.admit(request.limits, ctx.signal)
  } catch {
    return { type: 'unknown', why: 'stopped before the call', unsent: true }
  }
  const signed = buildRequest(request, session, ctx.now())
  if (signed === undefined)
    return { type: 'refused', code: 'settings', text: 'the address of the gateway is not a URL' }
  const response = await postOnce(signed.url, REQUEST_HEADERS, signed.body, ctx.signal)
  if ('why' in response) return { type: 'unknown', ...response }
  const { status, body } = response
  if (status >= 500 || (status >= 300 && status < 400)) return { type: 'unknown', why: `HTTP ${status}` }
  const text = decodeUtf8(body)
  const answer = asObject(parseJson(text))
  if (answer === undefined) return { type: 'unknown', why: 'the answer is not a JSON object' }
  const meaning = interpretEnvelope(
    answer as GatewayAnswer,
    (quoted) => redactSecrets(quoted, session),
    request.isAction,
  )
  if (meaning.type === 'try-later' && meaning.afterMs === THROTTLE_DELAY_MS)
    ctx.rateLimiter.hold(request.limits, THROTTLE_DELAY_MS)
  return meaning.type === 'ok' ? { type: 'ok', value: { text, answer } } : meaning
}

const REQUEST_HEADERS = { 'content-type': 'application/json;charset=UTF-8', 'x-open-no-old-err-code': '1' }

interface SignedRequest {
  readonly url: URL
  readonly body: string
}

function buildRequest(
  { method, params, accessToken }: Call,
  session: StoreSession,
  now: number,
): SignedRequest | undefined {
  const base = session.endpoints['api'] ?? ''
  const address = `${base.replace(/(?<!\/)\/+$/, '')}/${method.replaceAll('.', '/')}`
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  const paramJson = paramJsonOf(params)
  const timestamp = String(Math.floor(now / 1000))
  const sign = signatureOf({ appKey: session.appKey, method, paramJson, timestamp }, session.appSecret, 'hmac-sha256')
  const query = { app_key: session.appKey, method, timestamp, v: '2', sign, sign_method: 'hmac-sha256' }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  if (accessToken !== undefined) url.searchParams.set('access_token', accessToken)
  return { url, body: paramJson }
}
