import { createHash, createHmac } from 'node:crypto'
import type { Json } from '../contract'

export type SignMethod = 'hmac-sha256' | 'md5'

export interface SignedCall {
  readonly appKey: string
  readonly method: string
  readonly paramJson: string
  /** Exactly the text that is sent: seconds or `yyyy-MM-dd HH:mm:ss`; both work. */
  readonly timestamp: string
}

/** Signing v2. The access token is not signed. Lower-case hex. */
export function signatureOf(call: SignedCall, appSecret: string, method: SignMethod): string {
  const { appKey, paramJson, timestamp } = call
  const text = `${appSecret}app_key${appKey}method${call.method}param_json${paramJson}timestamp${timestamp}v2${appSecret}`
  return method === 'md5'
    ? createHash('md5').update(text).digest('hex')
    : createHmac('sha256', appSecret).update(text).digest('hex')
}

/** A parameter; a bigint is an int64 of the official structs and goes out as a bare number with all its digits. */
export type Param = Json | bigint | readonly Param[] | { readonly [key: string]: Param }

/**
 * `param_json` as it is signed: keys sorted at every level, arrays in their order, compact, nothing escaped for HTML.
 */
export function paramJsonOf(value: Param): string {
  if (Array.isArray(value)) return `[${(value as readonly Param[]).map(paramJsonOf).join(',')}]`
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = value as { readonly [key: string]: Param }
  const keys = Object.keys(fields).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${paramJsonOf(fields[key] ?? null)}`).join(',')}}`
}
