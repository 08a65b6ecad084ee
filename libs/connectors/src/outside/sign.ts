import { createHmac, timingSafeEqual } from 'node:crypto'

/** A message as it is signed: what it is and which, then its very bytes. Neither name may hold a line break. */
export interface SignedMessage {
  readonly id: string
  readonly type: string
  readonly body: string | Buffer
}

/** Lower hex of HMAC-SHA256 under the adapter's secret over id, line feed, type, line feed, body. Both sides sign alike. */
export const signatureOf = ({ id, type, body }: SignedMessage, secret: string): string =>
  createHmac('sha256', secret).update(`${id}\n${type}\n`).update(body).digest('hex')

export function isSignedBy(signed: SignedMessage, claimed: string, secret: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(claimed)) return false
  return timingSafeEqual(Buffer.from(signatureOf(signed, secret), 'hex'), Buffer.from(claimed, 'hex'))
}
