import { isUtf8 } from 'node:buffer'
import type { Answer, JsonObject, RateLimit, StoreSession, CallContext } from '../../contract'
import { asObject, decodeUtf8, postOnce, parseJson } from '../../contract'
import { isThrottle, interpretError } from './errors'
import type { Params } from '../sign'
import { signatureOf } from '../sign'
import type { CallType } from '../wire'

/** A usable answer: its exact text and what it holds. */
export interface RouterResponse {
  readonly text: string
  readonly json: JsonObject
}

export interface Call {
  readonly type: CallType
  /** Business parameters. */
  readonly params: Params
  readonly withToken: boolean
  /** The limits this call counts against; the first is held when the marketplace says "too often". */
  readonly limits: readonly RateLimit[]
  /** It changes something: without a clear answer that nothing was done, the outcome is unknown. */
  readonly isAction?: true
}

/** One signed call of the router. Never throws: no usable answer is `unknown`, and so is being stopped. */
export async function call(request: Call, session: StoreSession, ctx: CallContext): Promise<Answer<RouterResponse>> {
  try {
    await ctx.rateLimiter.admit(request.limits, ctx.signal)
  } catch (error) {
    if (ctx.signal.aborted) return { type: 'unknown', why: 'stopped', unsent: true }
    throw error
  }
  const response = await send(signParams(request, session, ctx), session, ctx.signal)
  if ('why' in response) return { type: 'unknown', ...response }
  const json = asObject(parseJson(response.text))
  const error = asObject(json?.error_response)
  const throttled = response.status === 429 || (error !== undefined && isThrottle(error))
  const throttleMs = request.limits[0]?.windowMs ?? 1_000
  // Only the limit of the shop is held: one shop over its limit must not block the others.
  if (throttled) ctx.rateLimiter.hold(request.limits.slice(0, 1), throttleMs)
  if (error !== undefined) return interpretError(error, session, throttleMs, request.isAction)
  if (throttled) return { type: 'try-later', afterMs: throttleMs, why: 'HTTP 429' }
  if (response.status !== 200) return { type: 'unknown', why: `HTTP ${response.status}` }
  return json === undefined
    ? { type: 'unknown', why: 'not a JSON object' }
    : { type: 'ok', value: { text: response.text, json } }
}

function signParams({ type, params, withToken }: Call, session: StoreSession, ctx: CallContext): Params {
  const unsigned: Params = {
    ...params,
    type,
    client_id: session.appKey,
    ...(withToken ? { access_token: session.accessToken } : {}),
    timestamp: Math.floor(ctx.now() / 1000),
    data_type: 'JSON',
    version: 'V1',
  }
  return { ...unsigned, sign: signatureOf(unsigned, session.appSecret) }
}

type RawResponse = { readonly status: number; readonly text: string } | { readonly why: string; readonly unsent?: true }

async function send(params: Params, session: StoreSession, signal: AbortSignal): Promise<RawResponse> {
  const address = buildRouterUrl(session.endpoints.api)
  if (address === undefined) return { why: 'no usable api address', unsent: true }
  const headers = { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' }
  const answer = await postOnce(address, headers, JSON.stringify(params), signal)
  if ('why' in answer) return answer
  const { status, body } = answer
  return isUtf8(body) ? { status, text: decodeUtf8(body) } : { why: 'an answer that is not UTF-8' }
}

/** The path of the router; a setting may give the whole address or only the host. */
function buildRouterUrl(base: string | undefined): string | undefined {
  if (base === undefined || !URL.canParse(base)) return undefined
  const url = new URL(base)
  if (url.pathname === '/' || url.pathname === '') url.pathname = '/api/router'
  return url.href
}
