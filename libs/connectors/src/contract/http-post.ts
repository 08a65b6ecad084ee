import { setMaxListeners } from 'node:events'
import type { AppCredentials } from './inbound'
import type { StoreSession } from './outbound'

/** A call without an answer after this time is aborted, ms. */
const TIMEOUT_MS = 10_000
/** A larger answer is not read to its end. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024

export interface HttpReply {
  readonly status: number
  readonly body: Buffer
}

/** Why there is no answer; `unsent`: nothing has left this machine. */
export interface NoReply {
  readonly why: string
  readonly unsent?: true
}

/**
 * Sends one POST request, once; redirects are not followed. The reason of a failure never contains the address, nor the
 * message of the error, which may quote it: both contain secrets.
 */
export async function postOnce(
  url: string | URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
): Promise<HttpReply | NoReply> {
  // `AbortSignal.any` would leave an entry on the long-lived signal after each call; a listener can be removed.
  const callAbort = new AbortController()
  const abortCall = (): void => callAbort.abort()
  const timer = setTimeout(abortCall, TIMEOUT_MS)
  // Many calls listen to one signal at the same time, so Node's warning about a listener leak would be false.
  setMaxListeners(0, signal)
  signal.addEventListener('abort', abortCall, { once: true })
  if (signal.aborted) abortCall()
  try {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: callAbort.signal })
    return await readBounded(response)
  } catch (error) {
    if (signal.aborted) return { why: 'stopped during the call' }
    if (callAbort.signal.aborted) return { why: `no answer within ${TIMEOUT_MS / 1000} s` }
    const code = networkErrorCode(error)
    const why = `the connection failed${code === '' ? '' : ` (${code})`}`
    return CONNECT_ERRORS.has(code) ? { why, unsent: true } : { why }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abortCall)
  }
}

async function readBounded(response: Response): Promise<HttpReply | NoReply> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    // Leaving the loop cancels the stream and with it the transfer.
    if (size > MAX_ANSWER_BYTES) return { why: `an answer of more than ${MAX_ANSWER_BYTES} bytes` }
    chunks.push(chunk)
  }
  return { status: response.status, body: Buffer.concat(chunks) }
}

/** `ECONNREFUSED` and the like: the one part of a network error that cannot hold an address. */
function networkErrorCode(error: unknown): string {
  const { cause } = (error ?? {}) as { readonly cause?: unknown }
  const { code } = (cause ?? {}) as { readonly code?: unknown }
  return typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code) ? code : ''
}

/** Faults of making a connection: nothing of the request has left this machine. */
const CONNECT_ERRORS: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** The values that must not appear in any log or result. */
export type Secrets = AppCredentials & Partial<Pick<StoreSession, 'accessToken' | 'refreshToken'>>

/**
 * Redacts secrets in a text of the marketplace, which may quote our request. A value of fewer than four characters is
 * not redacted: it would blank out common words.
 */
export function redactSecrets(text: string, { appSecret, accessToken, refreshToken }: Secrets): string {
  return [appSecret, accessToken, refreshToken]
    .filter((secret) => secret !== undefined && secret.length >= 4)
    .reduce((clean: string, secret) => clean.replaceAll(secret as string, '***'), text)
}
