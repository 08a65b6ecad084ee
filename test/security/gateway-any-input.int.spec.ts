import { request } from 'node:http'
import fc from 'fast-check'
import { serveWatch } from '#runtime'
import type { WatchServer } from '#runtime'
import type { FreshDatabase } from '../postgres/database'
import { freshDatabase } from '../postgres/database'
import { property } from '../property'
import { DOUYIN_APP, type Stack, openStack, signed } from '../support/stack'
import type { TestGateway } from './gateway'
import { startGateway } from './gateway'

/** Several, so that one request may affect the next on the same process. */
const REQUESTS_PER_RUN = 15

let fresh: FreshDatabase
let stack: Stack
let gateway: TestGateway
let watch: WatchServer

beforeAll(async () => {
  fresh = await freshDatabase()
  stack = await openStack(fresh.url)
  gateway = await startGateway(stack)
  watch = await serveWatch({}, { host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await watch.close()
  await gateway.close()
  await stack.close()
  await fresh.drop()
})

interface GeneratedRequest {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string
  /** Whether it has a valid signature, and so gets past authentication. */
  readonly genuine: boolean
}

const METHODS = ['GET', 'HEAD', 'POST', 'POST', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']
const PATHS = [
  `/push/douyin/${DOUYIN_APP.appKey}`,
  `/push/douyin/${DOUYIN_APP.appKey}`,
  '/push/douyin/unknown',
  '/push/pinduoduo/unknown',
  '/push/__proto__/constructor',
  '/push/',
  '/evidence/token.jpg',
  '/evidence/..%2f..%2fetc%2fpasswd',
  '/healthz',
  '/readyz',
  '/metrics',
  '//',
]
/** Appended to a path. */
const SUFFIXES = [
  '',
  '?',
  '?a=1&a=2',
  '?__proto__[x]=1',
  '/%',
  '/%00',
  '/%ff',
  '/..',
  ';x',
  '/'.repeat(50),
  '/售后',
  'x'.repeat(5_000),
]

/** Arbitrary JSON, also in the shape of a marketplace's message. */
const anyJson = fc.jsonValue({ maxDepth: 4 })
const message = fc.record(
  {
    tag: fc.oneof(fc.constantFrom<unknown>('0', '200', '206', '999', 200, null, [], {}), anyJson),
    msg_id: fc.oneof(fc.constantFrom<unknown>('1', 1, null, '\u0000', '\ud800', '9'.repeat(400)), anyJson),
    data: fc.oneof(
      fc.constantFrom<unknown>('', '{', 'null', '[]', null, [], {}, '{"__proto__":{"x":1}}', '['.repeat(2_000)),
      anyJson,
      anyJson.map((value) => JSON.stringify({ aftersale_id: value, p_id: value, shop_id: value, update_time: value })),
    ),
  },
  { requiredKeys: [] },
)
const body = fc.oneof(
  fc.array(message, { maxLength: 4 }).map((messages) => JSON.stringify(messages)),
  message.map((one) => JSON.stringify(one)),
  anyJson.map((value) => JSON.stringify(value)),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom('', '\uFEFF[]', '['.repeat(20_000), `"${'x'.repeat(100_000)}"`, '[{"a":1,"a":2}]', '\u0000'),
)
const value = fc.constantFrom(
  '',
  '1',
  ',',
  'application/json',
  'text',
  'gzip',
  '"',
  'x'.repeat(2_000),
  '%00',
  '-1',
  '1e400',
)
const headers = fc.dictionary(
  fc.constantFrom(
    'content-type',
    'content-encoding',
    'app-id',
    'event-sign',
    'sign',
    'accept',
    'cookie',
    'origin',
    'range',
    'expect2',
    'x-forwarded-for',
    'traceparent',
  ),
  value,
  { maxKeys: 4 },
)
const anyRequest: fc.Arbitrary<GeneratedRequest> = fc.record({
  method: fc.constantFrom(...METHODS),
  path: fc
    .tuple(fc.constantFrom(...PATHS), fc.constantFrom(...SUFFIXES))
    .map((parts) => encodeURI(parts.join('')).replaceAll('%25', '%')),
  headers,
  body,
  genuine: fc.boolean(),
})

/** Sends the request. @returns the HTTP status; 400 if the server closed the connection */
const statusOf = (
  port: number,
  { method, path, headers: extra, body: text, genuine }: GeneratedRequest,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const bytes = Buffer.from(text)
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        agent: false,
        headers: { ...extra, ...(genuine ? signed(bytes) : {}), 'content-length': bytes.length },
        timeout: 8_000,
      },
      (answer) => {
        answer.resume()
        answer.on('end', () => resolve(answer.statusCode ?? 0))
        answer.on('error', () => resolve(answer.statusCode ?? 0))
      },
    )
    outgoing.on('timeout', () => reject(new Error(`no answer to ${method} ${path}`)))
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(400) : reject(error),
    )
    outgoing.end(bytes)
  })

describe('arbitrary requests to a process that is reachable from outside (fault B7)', () => {
  const seen = new Set<number>()
  const expectNoServerError = async (port: number, requests: readonly GeneratedRequest[]): Promise<void> => {
    for (const one of requests) {
      const status = await statusOf(port, one)
      seen.add(status)
      if (status >= 500 || status === 0) throw new Error(`${status} to ${JSON.stringify(one)}`)
    }
  }
  const manyRequests = fc.array(anyRequest, { minLength: REQUESTS_PER_RUN, maxLength: REQUESTS_PER_RUN })

  it('get no 5xx from the gateway, and the worker processes everything that was accepted', async () => {
    await property(manyRequests, (requests) => expectNoServerError(gateway.port, requests), { runs: 40 })
    // Proves that the generated requests were neither all accepted nor all refused.
    expect([...seen]).toEqual(expect.arrayContaining([200, 401, 404]))
    await stack.receiveAll()
    expect(await stack.database.query('SELECT 1 FROM pending')).toEqual([])
    expect((await gateway.post('[]')).status).toBe(200)
  })

  it('get no 5xx from the health server of the worker', async () => {
    await property(manyRequests, (requests) => expectNoServerError(Number(new URL(watch.url).port), requests), {
      runs: 10,
    })
  })
})
