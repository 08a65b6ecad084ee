import { setMaxListeners } from 'node:events'
import type { Answer, JsonObject, Limit, StoreSession, CallContext } from '../../contract'
import { asObject, decoded, parsedJson, wasUnreached } from '../../contract'
import { readingOf, THROTTLED_MS } from './errors'
import type { Param } from '../sign'
import { paramJsonOf, signatureOf } from '../sign'
import type { GatewayAnswer } from '../wire'

const TIMEOUT_MS = 10_000
const LARGEST_ANSWER = 8 * 1024 * 1024

export interface Call {
  /** With dots, `afterSale.List`; the path is the same with slashes. */
  readonly method: string
  readonly params: { readonly [key: string]: Param }
  readonly limits: readonly Limit[]
  /** Token calls have none. */
  readonly accessToken?: string
  /** It changes something: an answer that does not say clearly that nothing was done leaves it unknown. */
  readonly acts?: true
}

export interface Said {
  readonly text: string
  readonly answer: JsonObject
}

/** One signed call to the gateway (facts B1). Nothing that is secret ever gets into an answer of ours. */
export async function call(wanted: Call, session: StoreSession, ctx: CallContext): Promise<Answer<Said>> {
  try {
    await ctx.pace.admit(wanted.limits, ctx.signal)
  } catch {
    return { type: 'unknown', why: 'stopped before the call', unsent: true }
  }
  const request = requestFor(wanted, session, ctx.now())
  if (request === undefined)
    return { type: 'refused', code: 'settings', text: 'the address of the gateway is not a URL' }
  const heard = await exchange(request, ctx.signal)
  if (typeof heard === 'object') return { type: 'unknown', ...heard }
  const answer = asObject(parsedJson(heard))
  if (answer === undefined) return { type: 'unknown', why: 'the answer is not a JSON object' }
  const reading = readingOf(answer as GatewayAnswer, (text) => withoutSecrets(text, session), wanted.acts)
  if (reading.type === 'try-later' && reading.afterMs === THROTTLED_MS) ctx.pace.hold(wanted.limits, THROTTLED_MS)
  return reading.type === 'ok' ? { type: 'ok', value: { text: heard, answer } } : reading
}

interface Request {
  readonly url: URL
  readonly body: string
}

function requestFor({ method, params, accessToken }: Call, session: StoreSession, now: number): Request | undefined {
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

interface Unheard {
  readonly why: string
  readonly unsent?: true
}

/** The text of the answer, or why there is none. Messages of failed requests may quote the address, so none is used. */
async function exchange({ url, body }: Request, signal: AbortSignal): Promise<string | Unheard> {
  // A signal of its own for each call: joined signals would pile up on the long-lived one.
  const own = new AbortController()
  const stop = (): void => own.abort()
  const timer = setTimeout(stop, TIMEOUT_MS)
  setMaxListeners(0, signal)
  signal.addEventListener('abort', stop, { once: true })
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json;charset=UTF-8', 'x-open-no-old-err-code': '1' },
      body,
      redirect: 'manual',
      signal: own.signal,
    })
    if (response.status >= 500 || (response.status >= 300 && response.status < 400)) {
      await response.body?.cancel()
      return { why: `HTTP ${response.status}` }
    }
    return await bounded(response)
  } catch (error) {
    if (signal.aborted) return { why: 'stopped during the call' }
    if (own.signal.aborted) return { why: `no answer within ${TIMEOUT_MS / 1000} s` }
    const code = codeOf(error)
    const why = `the connection failed${code === '' ? '' : ` (${code})`}`
    return wasUnreached(code) ? { why, unsent: true } : { why }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}

async function bounded(response: Response): Promise<string | Unheard> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > LARGEST_ANSWER) return { why: `an answer of more than ${LARGEST_ANSWER} bytes` }
    chunks.push(chunk)
  }
  return decoded(Buffer.concat(chunks))
}

/** `ECONNREFUSED` and the like: the one part of a network error that cannot hold an address. */
function codeOf(error: unknown): string {
  const { cause } = (error ?? {}) as { readonly cause?: unknown }
  const { code: told } = (cause ?? {}) as { readonly code?: unknown }
  const code = typeof told === 'string' ? told : ''
  return /^[A-Z_]{3,40}$/.test(code) ? code : ''
}

/** What the other side writes may quote what we sent. */
export function withoutSecrets(text: string, session: StoreSession): string {
  const secrets = [session.appSecret, session.accessToken, session.refreshToken].filter((secret) => secret.length >= 4)
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), text)
}
