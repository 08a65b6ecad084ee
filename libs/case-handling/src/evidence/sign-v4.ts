import { createHash } from 'node:crypto'
import { AwsV4Signer } from 'aws4fetch'

export interface Credentials {
  readonly accessKey: string
  readonly secretKey: string
  readonly region: string
}

export interface RequestToSign {
  readonly method: 'GET' | 'PUT' | 'DELETE' | 'HEAD'
  readonly url: URL
  readonly body: Buffer
  /** Further headers that are signed, lower case. */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * The headers of a request that is signed by AWS Signature Version 4, which every S3-compatible store understands. The
 * library leaves bodies out of a signature for `s3`; here they are part of it, since the connection may be plain HTTP.
 */
export async function signedHeaders(
  { method, url, body, headers = {} }: RequestToSign,
  { accessKey, secretKey, region }: Credentials,
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
