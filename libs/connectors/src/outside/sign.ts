import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * The signed parts of a message. `id` and `type` must not contain a line break, since line feeds separate the parts.
 */
export interface SignedMessage {
  readonly id: string
  readonly type: string
  readonly body: string | Buffer
}

/**
 * Lower-case hex of HMAC-SHA256, with the adapter's secret, over id, line feed, type, line feed, body. Both sides sign
 * in this way.
 */
export const signatureOf = ({ id, type, body }: SignedMessage, secret: string): string =>
  createHmac('sha256', secret).update(`${id}\n${type}\n`).update(body).digest('hex')

/** Whether `claimed` is the signature of the message. Compared in constant time, so that timing reveals nothing. */
export function isSignedBy(signed: SignedMessage, claimed: string, secret: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(claimed)) return false
  return timingSafeEqual(Buffer.from(signatureOf(signed, secret), 'hex'), Buffer.from(claimed, 'hex'))
}
