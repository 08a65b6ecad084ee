import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { connect } from 'node:net'
import type { Stack as ConsoleStack } from '../../apps/console/test/stack'
import { openStack as openConsoleStack } from '../../apps/console/test/stack'
import { serveWatch } from '#runtime'
import type { WatchServer } from '#runtime'
import type { FreshDatabase } from '../postgres/database'
import { freshDatabase } from '../postgres/database'
import type { Stack } from '../trade/stack'
import { openStack } from '../trade/stack'
import type { OpenGateway } from './gateway'
import { openGateway } from './gateway'

let fresh: FreshDatabase
let stack: Stack
let gateway: OpenGateway
let console: ConsoleStack
let watch: WatchServer
const ports: Record<string, number> = {}

beforeAll(async () => {
  fresh = await freshDatabase()
  stack = await openStack(fresh.url)
  gateway = await openGateway(stack)
  console = await openConsoleStack()
  const app: NestFastifyApplication = console.app
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
  await console.close()
  await fresh.drop()
})

/** Sends these very bytes, and answers what comes back until the other side closes. */
const said = (port: number, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let all = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'))
    socket.setTimeout(8_000, () => socket.destroy(new Error(`no end after ${all.slice(0, 200)}`)))
    socket.on('data', (chunk: Buffer) => (all += chunk.toString('latin1')))
    socket.on('error', reject)
    socket.on('close', () => resolve(all))
  })
const CLOSE = 'Host: localhost\r\nConnection: close\r\n\r\n'
const CANARY = 'canary'

const REQUESTS: readonly (readonly [name: string, text: string])[] = [
  ['an address that cannot be decoded', `GET /%${CANARY} HTTP/1.1\r\n${CLOSE}`],
  ['an address of half a percent sign', `GET /% HTTP/1.1\r\nX: ${CANARY}\r\n${CLOSE}`],
  ['an address that is no UTF-8', `GET /api/cases/%ff%fe${CANARY} HTTP/1.1\r\n${CLOSE}`],
  ['a part of an address that is too long', `GET /api/cases/${CANARY.repeat(100)} HTTP/1.1\r\n${CLOSE}`],
  [
    'a push to an app that is too long',
    `POST /push/douyin/${CANARY.repeat(100)} HTTP/1.1\r\nContent-Length: 0\r\n${CLOSE}`,
  ],
  ['no HTTP', `${CANARY}\r\n\r\n`],
  ['another version', `GET / HTTP/9.9 ${CANARY}\r\n\r\n`],
  ['a header without a name', `GET / HTTP/1.1\r\n: ${CANARY}\r\n${CLOSE}`],
  ['more headers than are taken', `GET / HTTP/1.1\r\nX: ${CANARY.repeat(20_000)}\r\n${CLOSE}`],
  ['two lengths', `POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n${CLOSE}${CANARY}`],
  ['a length and chunks', `POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n${CLOSE}${CANARY}`],
  ['a chunk of no length', `POST /push/douyin/1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n${CLOSE}${CANARY}\r\n`],
  ['no host', `GET /${CANARY}<script> HTTP/1.1\r\nConnection: close\r\n\r\n`],
  ['an unknown method', `${CANARY.toUpperCase()} / HTTP/1.1\r\n${CLOSE}`],
  ['a method that is not for here', `PROPFIND /${CANARY}<script> HTTP/1.1\r\n${CLOSE}`],
  ['all resources', `OPTIONS * HTTP/1.1\r\nX: ${CANARY}\r\n${CLOSE}`],
  ['an address that is a whole URL', `GET http://x.example/${CANARY}<script> HTTP/1.1\r\n${CLOSE}`],
  ['an address of slashes', `GET //x.example//${CANARY}%00 HTTP/1.1\r\n${CLOSE}`],
]

describe.each(['gateway', 'console', 'health server of the worker'])('B6: at the %s', (process) => {
  it.each(REQUESTS)('%s is refused as a problem, and nothing of it is repeated', async (_name, text) => {
    const answer = await said(ports[process] ?? 0, text)
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(answer.toLowerCase()).not.toContain(`${CANARY}<`)
    expect(answer.toLowerCase().replace(/"instance":"[\w./:-]*"/, '')).not.toContain(CANARY)
    // Node's own answer to a request without a host has no body.
    if (!answer.startsWith('HTTP/1.1 400 Bad Request\r\nConnection: close')) {
      expect(answer).toContain('content-type: application/problem+json; charset=utf-8\r\n')
      expect(answer).toContain('"type":"about:blank"')
    }
    expect(await said(ports[process] ?? 0, `GET /healthz HTTP/1.1\r\n${CLOSE}`)).toMatch(/^HTTP\/1\.1 (?:200|404)/)
  })
})

describe('B6: the console', () => {
  const get = (path: string, headers: Record<string, string>): Promise<string> =>
    said(
      ports['console'] ?? 0,
      `GET ${path} HTTP/1.1\r\n${Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('')}${CLOSE}`,
    )
  const site = (kind: string, mode: string, destination: string): Record<string, string> => ({
    'Sec-Fetch-Site': kind,
    'Sec-Fetch-Mode': mode,
    'Sec-Fetch-Dest': destination,
  })

  it.each([
    ['a script', site('cross-site', 'cors', 'empty')],
    ['a picture', site('cross-site', 'no-cors', 'image')],
    ['a frame', site('cross-site', 'navigate', 'iframe')],
    ['a link', site('cross-site', 'navigate', 'document')],
    ['another server on this machine', site('same-site', 'cors', 'empty')],
    ['live updates elsewhere', site('cross-site', 'cors', 'empty')],
  ])('does not answer questions of the API that %s of a foreign page asks', async (_name, headers) => {
    for (const path of ['/api/queue', '/api/live', '//api/queue', '/API/queue'])
      expect(await get(path, headers)).toMatch(/^HTTP\/1\.1 403 /)
  })

  it('answers its own page, people who type, and clients that are no browser', async () => {
    for (const headers of [site('same-origin', 'cors', 'empty'), site('none', 'navigate', 'document'), {}])
      expect(await get('/api/queue', headers)).toMatch(/^HTTP\/1\.1 200 /)
  })

  it('lets a foreign page have a link to the page, and nothing else of it', async () => {
    expect(await get('/', site('cross-site', 'navigate', 'document'))).toMatch(/^HTTP\/1\.1 (?:200|404) /)
    for (const destination of ['iframe', 'image', 'script'])
      expect(await get('/', site('cross-site', 'no-cors', destination))).toMatch(/^HTTP\/1\.1 403 /)
  })
})
