import { createHash, createHmac } from 'node:crypto'

export interface Credentials {
  readonly accessKey: string
  readonly secretKey: string
  readonly region: string
}

export interface ToSign {
  readonly method: 'GET' | 'PUT' | 'DELETE' | 'HEAD'
  readonly url: URL
  readonly body: Buffer
  /** Further headers that are signed, lower case. */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * AWS Signature Version 4 for `s3`, in the `Authorization` header, as every S3-compatible store understands it.
 * Implemented from AWS's documentation and tested with its examples (sign-v4.spec.ts). The path is used as is: keys are
 * digits and hex.
 */
export function signed(
  { method, url, body, headers = {} }: ToSign,
  { accessKey, secretKey, region }: Credentials,
  at: number,
): Record<string, string> {
  const time = new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '')
  const day = time.slice(0, 8)
  const payload = sha256(body)
  const all: Record<string, string> = {
    ...headers,
    host: url.host,
    'x-amz-content-sha256': payload,
    'x-amz-date': time,
  }
  const names = Object.keys(all).sort()
  const canonical = [
    method,
    url.pathname,
    canonicalQuery(url.searchParams),
    ...names.map((name) => `${name}:${(all[name] as string).trim()}`),
    '',
    names.join(';'),
    payload,
  ].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')
  const key = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>(
    (secret, word) => hmac(secret, word),
    `AWS4${secretKey}`,
  )
  const signature = hmac(key, text).toString('hex')
  const { host: _sentAnyway, ...sent } = all
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKey}/${scope},SignedHeaders=${names.join(';')},Signature=${signature}`,
  }
}

const canonicalQuery = (query: URLSearchParams): string =>
  [...query]
    .map(([name, value]) => `${strict(name)}=${strict(value)}`)
    .sort()
    .join('&')

/** RFC 3986: everything but letters, digits and `-_.~`. */
const strict = (word: string): string =>
  encodeURIComponent(word).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

const sha256 = (value: Buffer | string): string => createHash('sha256').update(value).digest('hex')
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest()
