import { createHash } from 'node:crypto'

export type Params = Readonly<Record<string, string | number | boolean>>

/**
 * The signature of a call: every parameter but `sign`, sorted by name, name and value joined without
 * separators, the secret on both ends, MD5 in upper-case hex. Nested values are already JSON texts here:
 * exactly the text that is sent is signed.
 */
export function signatureOf(params: Params, secret: string): string {
  const joined = Object.entries(params)
    .filter(([name]) => name !== 'sign')
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${name}${String(value)}`)
    .join('')
  return md5(`${secret}${joined}${secret}`).toUpperCase()
}

/** The digest in the URL of the message connection: base64 of the digest's hex text, not of its bytes. */
export const connectionDigest = (clientId: string, ms: number, secret: string): string =>
  Buffer.from(md5(`${clientId}${ms}${secret}`), 'ascii').toString('base64')

const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex')
