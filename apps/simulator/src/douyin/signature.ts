import { createHash, createHmac } from 'node:crypto'

/** What the signature of a call covers. */
export interface SignedParts {
  readonly appKey: string
  readonly method: string
  /** Keys sorted at every level, compact, nothing escaped that need not be. */
  readonly paramJson: string
  /** The text that was sent: seconds or `yyyy-MM-dd HH:mm:ss`. */
  readonly timestamp: string
}

/** Signature v2; the access token is not part of it. */
export function signatureOf(parts: SignedParts, secret: string, signMethod: 'hmac-sha256' | 'md5'): string {
  const { appKey, method, paramJson, timestamp } = parts
  const text = `${secret}app_key${appKey}method${method}param_json${paramJson}timestamp${timestamp}v2${secret}`
  if (signMethod === 'md5') return createHash('md5').update(text, 'utf8').digest('hex')
  return createHmac('sha256', secret).update(text, 'utf8').digest('hex')
}

/** `event-sign` of a push: over the raw bytes of the body. */
export function eventSign(appKey: string, rawBody: string, secret: string): string {
  return createHash('md5')
    .update(appKey + rawBody + secret, 'utf8')
    .digest('hex')
}
