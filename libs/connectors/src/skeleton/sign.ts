import { createHmac, timingSafeEqual } from 'node:crypto'

/** Lower hex of HMAC-SHA256 under the app's secret over the very bytes of the body. Nothing else is under it. */
export const signatureOf = (body: string | Buffer, secret: string): string =>
  createHmac('sha256', secret).update(body).digest('hex')

export function isSignedBy(body: Buffer, claimed: string, secret: string): boolean {
  return timingSafeEqual(Buffer.from(signatureOf(body, secret), 'hex'), Buffer.from(claimed, 'hex'))
}
