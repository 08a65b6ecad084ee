import { createHash, timingSafeEqual } from 'node:crypto'

/** Every parameter but `sign`, sorted by key, key and value run together, the secret on both ends, MD5, upper case. */
export function signatureOf(params: Readonly<Record<string, string>>, secret: string): string {
  const keys = Object.keys(params)
    .filter((key) => key !== 'sign')
    .sort((a, b) => (a < b ? -1 : 1))
  const text = keys.map((key) => key + (params[key] ?? '')).join('')
  return createHash('md5')
    .update(secret + text + secret, 'utf8')
    .digest('hex')
    .toUpperCase()
}

/** The last part of the message URL: base64 over the 32 characters of the hex digest, not over its 16 bytes. */
export function messageDigest(clientId: string, ms: string, secret: string): string {
  const hex = createHash('md5')
    .update(clientId + ms + secret, 'utf8')
    .digest('hex')
  return Buffer.from(hex, 'ascii').toString('base64')
}

export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
