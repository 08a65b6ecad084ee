import { createHmac, timingSafeEqual } from 'node:crypto'

/** `skeleton-signature`: lower hex of HMAC-SHA256 over the body, of calls and of pushes alike. */
export const signatureOf = (body: string, secret: string): string =>
  createHmac('sha256', secret).update(body, 'utf8').digest('hex')

/** Compares in constant time. */
export function isSignedBy(body: string, claimed: string, secret: string): boolean {
  const [left, right] = [Buffer.from(claimed), Buffer.from(signatureOf(body, secret))]
  return left.length === right.length && timingSafeEqual(left, right)
}
