import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { connect } from 'node:net'
import type { Stack as ConsoleStack } from '../../apps/console/test/stack'
import { openStack as openConsoleStack } from '../../apps/console/test/stack'
import { serveWatch } from '#runtime'
import type { WatchServer } from '#runtime'
import type { FreshDatabase } from '../postgres/database'
import { freshDatabase } from '../postgres/database'
import type { Stack } from '../support/stack'
import { openStack } from '../support/stack'
import type { TestGateway } from './gateway'
import { startGateway } from './gateway'

let fresh: FreshDatabase
let stack: Stack
let gateway: TestGateway
let consoleStack: ConsoleStack
let watch: WatchServer
const ports: Record<string, number> = {}

beforeAll(async () => {
  fresh = await freshDatabase()
  stack = await openStack(fresh.url)
  gateway = await startGateway(stack)
  consoleStack = await openConsoleStack()
  const app: NestFastifyApplication = consoleStack.app
  await app.listen(0, '127.0.0.1')
  watch = await serveWatch({}, { host: '127.0.0.1', port: 0 })
  ports['gateway'] = gateway.port
  ports['console'] = Number(new URL(await app.getUrl()).port)
  ports['health server of the worker'] = Number(new URL(watch.url).port)
})
afterAll(async () => {
  await watch.close()
  await gateway.close()
  await stack.close()
  await consoleStack.close()
  await fresh.drop()
})

/** Sends raw bytes; resolves with everything received until the server closes the connection. */
const sendRaw = (port: number, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let received = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'))
    socket.setTimeout(8_000, () => socket.destroy(new Error(`no end after ${received.slice(0, 200)}`)))
    socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')))
    socket.on('error', reject)
    socket.on('close', () => resolve(received))
  })
const CLOSE = 'Host: localhost\r\nConnection: close\r\n\r\n'
const CANARY = 'canary'

const REQUESTS: readonly (readonly [name: string, text: string])[] = [
  ['a URL that cannot be decoded', `GET /%${CANARY} HTTP/1.1\r\n${CLOSE}`],
  ['a URL with an incomplete percent escape', `GET /% HTTP/1.1\r\nX: ${CANARY}\r\n${CLOSE}`],
  ['a URL that is not UTF-8', `GET /api/cases/%ff%fe${CANARY} HTTP/1.1\r\n${CLOSE}`],
  ['a path segment that is too long', `GET /api/cases/${CANARY.repeat(100)} HTTP/1.1\r\n${CLOSE}`],
  [
    'a push to an app that is too long',
    `POST /push/douyin/${CANARY.repeat(100)} HTTP/1.1\r\nContent-Length: 0\r\n${CLOSE}`,
  ],
  ['something that is not HTTP', `${CANARY}\r\n\r\n`],
  ['another version', `GET / HTTP/9.9 ${CANARY}\r\n\r\n`],
  ['a header without a name', `GET / HTTP/1.1\r\n: ${CANARY}\r\n${CLOSE}`],
  ['headers above the limit', `GET / HTTP/1.1\r\nX: ${CANARY.repeat(20_000)}\r\n${CLOSE}`],
  ['two lengths', `POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n${CLOSE}${CANARY}`],
  ['a length and chunks', `POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n${CLOSE}${CANARY}`],
  ['a chunk without a length', `POST /push/douyin/1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n${CLOSE}${CANARY}\r\n`],
  ['a request without a Host header', `GET /${CANARY}<script> HTTP/1.1\r\nConnection: close\r\n\r\n`],
  ['an unknown method', `${CANARY.toUpperCase()} / HTTP/1.1\r\n${CLOSE}`],
  ['a method that is not supported', `PROPFIND /${CANARY}<script> HTTP/1.1\r\n${CLOSE}`],
  ['OPTIONS for all resources', `OPTIONS * HTTP/1.1\r\nX: ${CANARY}\r\n${CLOSE}`],
  ['an absolute URL', `GET http://x.example/${CANARY}<script> HTTP/1.1\r\n${CLOSE}`],
  ['a URL that begins with two slashes', `GET //x.example//${CANARY}%00 HTTP/1.1\r\n${CLOSE}`],
]

describe.each(['gateway', 'console', 'health server of the worker'])(
  'a malformed request to the %s (fault B6)',
  (process) => {
    it.each(REQUESTS)('is refused with problem+json that repeats nothing of it: %s', async (_name, text) => {
      const answer = await sendRaw(ports[process] ?? 0, text)
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
      expect(answer.toLowerCase()).not.toContain(`${CANARY}<`)
      expect(answer.toLowerCase().replace(/"instance":"[\w./:-]*"/, '')).not.toContain(CANARY)
      // Node's own answer to a request without a host has no body.
      if (!answer.startsWith('HTTP/1.1 400 Bad Request\r\nConnection: close')) {
        expect(answer).toContain('content-type: application/problem+json; charset=utf-8\r\n')
        expect(answer).toContain('"type":"about:blank"')
      }
      expect(await sendRaw(ports[process] ?? 0, `GET /healthz HTTP/1.1\r\n${CLOSE}`)).toMatch(/^HTTP\/1\.1 (?:200|404)/)
    })
  },
)

describe('the console, asked from a foreign page (fault B6)', () => {
  // Always with the cookie of a person who is logged in: a browser may send it with what a foreign page asks.
  const get = async (path: string, headers: Record<string, string>): Promise<string> =>
    sendRaw(
      ports['console'] ?? 0,
      `GET ${path} HTTP/1.1\r\n${Object.entries({ ...headers, ...(await consoleStack.signedIn.headers()) })
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('')}${CLOSE}`,
    )
  const site = (kind: string, mode: string, destination: string): Record<string, string> => ({
    'Sec-Fetch-Site': kind,
    'Sec-Fetch-Mode': mode,
    'Sec-Fetch-Dest': destination,
  })

  it.each([
    ['a script of the page', site('cross-site', 'cors', 'empty')],
    ['a picture of the page', site('cross-site', 'no-cors', 'image')],
    ['a frame of the page', site('cross-site', 'navigate', 'iframe')],
    ['a link of the page', site('cross-site', 'navigate', 'document')],
    ['a page of another server on this machine', site('same-site', 'cors', 'empty')],
    ['an event source of the page', site('cross-site', 'cors', 'empty')],
  ])('refuses API requests made by %s', async (_name, headers) => {
    for (const path of ['/api/queue', '/api/live', '//api/queue', '/API/queue'])
      expect(await get(path, headers)).toMatch(/^HTTP\/1\.1 403 /)
  })

  it('answers its own page, typed URLs, and clients that are not browsers', async () => {
    for (const headers of [site('same-origin', 'cors', 'empty'), site('none', 'navigate', 'document'), {}])
      expect(await get('/api/queue', headers)).toMatch(/^HTTP\/1\.1 200 /)
  })

  it('lets a foreign page link to the page, but not embed it', async () => {
    expect(await get('/', site('cross-site', 'navigate', 'document'))).toMatch(/^HTTP\/1\.1 (?:200|404) /)
    for (const destination of ['iframe', 'image', 'script'])
      expect(await get('/', site('cross-site', 'no-cors', destination))).toMatch(/^HTTP\/1\.1 403 /)
  })
})
