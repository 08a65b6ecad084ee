import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * The signature: lower-case hex of HMAC-SHA256 over the exact bytes of the body, with the app's secret. Nothing else is
 * signed.
 */
export const signatureOf = (body: string | Buffer, secret: string): string =>
  createHmac('sha256', secret).update(body).digest('hex')

/** Whether `claimed` (64 hex digits) is the signature of the body. Compared in constant time, so that timing reveals nothing. */
export function isSignedBy(body: Buffer, claimed: string, secret: string): boolean {
  return timingSafeEqual(Buffer.from(signatureOf(body, secret), 'hex'), Buffer.from(claimed, 'hex'))
}
