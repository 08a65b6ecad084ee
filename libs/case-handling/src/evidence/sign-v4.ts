import { createHash } from 'node:crypto'
import { AwsV4Signer } from 'aws4fetch'

export interface BucketCredentials {
  readonly accessKey: string
  readonly secretKey: string
  readonly region: string
}

export interface RequestToSign {
  readonly method: 'GET' | 'PUT' | 'DELETE' | 'HEAD'
  readonly url: URL
  readonly body: Buffer
  /** Further headers to sign, names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Signs a request with AWS Signature Version 4, which every S3-compatible store understands, and returns its headers.
 * For `s3` the library signs no body; the hash of the body is added here because the connection may be plain HTTP.
 * `at`: UTC ms.
 */
export async function signHeaders(
  { method, url, body, headers = {} }: RequestToSign,
  { accessKey, secretKey, region }: BucketCredentials,
  at: number,
): Promise<Record<string, string>> {
  const signer = new AwsV4Signer({
    method,
    url: url.href,
    headers: { ...headers, 'x-amz-content-sha256': createHash('sha256').update(body).digest('hex') },
    accessKeyId: accessKey,
    secretAccessKey: secretKey,
    service: 's3',
    region,
    datetime: new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, ''),
    allHeaders: true,
  })
  return Object.fromEntries((await signer.sign()).headers)
}
