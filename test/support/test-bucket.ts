import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BucketSettings } from '../../libs/case-handling/src/evidence/bucket-blob-store'
import { signHeaders } from '../../libs/case-handling/src/evidence/sign-v4'

/** Small, so that listing three objects already needs a second page. */
const PAGE_SIZE = 2

/**
 * An S3 server with the operations that evidence needs: put, get, head, delete, list in pages of two. It computes the signature
 * of each request as received and rejects those that differ. The signature algorithm itself is tested with AWS's examples.
 */
export async function startTestBucket(): Promise<{ settings: BucketSettings; close: () => Promise<void> }> {
  const objects = new Map<string, Buffer>()
  const credentials = { accessKey: 'us', secretKey: 'secret', region: 'anywhere' }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => void answer(request, response, Buffer.concat(chunks)))
  })

  async function answer(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    const method = request.method as 'GET' | 'PUT' | 'DELETE' | 'HEAD'
    const at = Date.parse(
      String(request.headers['x-amz-date']).replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
    )
    const { authorization } = await signHeaders({ method, url, body }, credentials, at)
    if (request.headers.authorization !== authorization)
      return void response.writeHead(403).end('<Error>SignatureDoesNotMatch</Error>')
    const key = url.pathname.replace(/^\/evidence\//, '')
    if (method === 'PUT') return void (objects.set(key, body), response.writeHead(200).end())
    if (method === 'DELETE') return void (objects.delete(key), response.writeHead(204).end())
    if (url.searchParams.has('list-type')) return void response.writeHead(200).end(listPage(url.searchParams))
    const found = objects.get(key)
    return void response.writeHead(found === undefined ? 404 : 200).end(method === 'HEAD' ? undefined : found)
  }

  function listPage(query: URLSearchParams): string {
    const after = query.get('continuation-token') ?? ''
    const remaining = [...objects.keys()]
      .filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after)
      .sort()
    const keys = remaining.slice(0, PAGE_SIZE)
    const more = remaining.length > PAGE_SIZE ? `<NextContinuationToken>${keys.at(-1)}</NextContinuationToken>` : ''
    return `<ListBucketResult>${keys.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('')}${more}</ListBucketResult>`
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    settings: { ...credentials, endpoint, bucket: 'evidence' },
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  }
}
