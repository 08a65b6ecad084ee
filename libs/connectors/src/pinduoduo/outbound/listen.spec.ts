import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import type { InboundMessage, MessageSink } from '../../contract'
import type { ConnectionTimings } from './websocket-connection'
import { buildConnectionUrl, listen } from './listen'

const NOW = 1772328605000
const APP_CREDENTIALS = { appKey: 'c71', appSecret: 'canary-secret' }
const FAST_TIMINGS: ConnectionTimings = {
  heartbeatMs: 5,
  silenceMs: 2_000,
  handshakeMs: 2_000,
  firstDelayMs: 1,
  maxDelayMs: 4,
}
const EMPTY: MessageSink = () => Promise.resolve()

/** The platform's side: the frames that it received, in order, and a way to wait for the next one. */
class Platform {
  readonly paths: string[] = []
  readonly sockets: WebSocket[] = []
  readonly received: Record<string, unknown>[] = []
  private waiting: (() => void)[] = []

  constructor(private readonly onConnect: (socket: WebSocket, nth: number) => void = () => undefined) {}

  accept(socket: WebSocket, request: IncomingMessage): void {
    this.paths.push(request.url ?? '')
    this.sockets.push(socket)
    socket.on('message', (text: Buffer) => {
      this.received.push(JSON.parse(text.toString()) as Record<string, unknown>)
      this.wakeWaiters()
    })
    this.onConnect(socket, this.sockets.length)
    this.wakeWaiters()
  }

  wakeWaiters(): void {
    this.waiting.splice(0).forEach((look) => look())
  }

  async waitUntil(fulfilled: () => boolean): Promise<void> {
    while (!fulfilled()) await new Promise<void>((resolve) => this.waiting.push(resolve))
  }

  receivedFrames(command: string): Record<string, unknown>[] {
    return this.received.filter(({ commandType }) => commandType === command)
  }
}

let http: Server
let sockets: WebSocketServer
let messages: string
let platform: Platform
let stop: AbortController
let running: Promise<void>
let notices: string[]

beforeEach(async () => {
  http = createServer()
  sockets = new WebSocketServer({ server: http })
  sockets.on('connection', (socket, request) => platform.accept(socket, request))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  messages = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`
  stop = new AbortController()
  notices = []
})
afterEach(async () => {
  stop.abort()
  await running
  sockets.clients.forEach((client) => client.terminate())
  sockets.close()
  await new Promise((resolve) => http.close(resolve))
})

const record = (notice: string): void => {
  notices.push(notice)
  platform.wakeWaiters()
}
function start(sink: MessageSink, rhythm = FAST_TIMINGS): void {
  const callbacks = {
    connected: () => record('connected'),
    disconnected: (_: number, why: string) => record(why),
  }
  const rateLimiter = { admit: () => Promise.resolve(), hold: () => undefined }
  running = listen(
    { ...APP_CREDENTIALS, endpoints: { messages } },
    sink,
    callbacks,
    { now: () => NOW, signal: stop.signal, rateLimiter },
    rhythm,
  )
}
const frame = (id: number | string, refund: number): string =>
  `{"id":${id},"commandType":"Common","time":1,"sendTime":2,"message":{"type":"pdd_refund_RefundCreated","mallID":86,` +
  `"content":"{\\"mall_id\\":86,\\"refund_id\\":${refund},\\"modified\\":1772328605016,\\"operation\\":1000}"}}`

test('the address carries the app, the time and the digest', () => {
  const expected = 'wss://h/message/c71/1772330500000/NjM2MTVmYWZjZjBjODg2YWFkMzA3ODNiMmU5OTI4MDI='
  const app = { appKey: 'c71', appSecret: 'blue-kettle' }
  for (const base of ['wss://h', 'wss://h/', 'wss://h/message'])
    expect(buildConnectionUrl({ ...app, endpoints: { messages: base } }, 1772330500000)).toBe(expected)
})

test('a message is acknowledged only after it is durable, with the numbers that it carried', async () => {
  let written: () => void = () => undefined
  const durable = new Promise<void>((resolve) => (written = resolve))
  const storedMessages: InboundMessage[] = []
  platform = new Platform((socket) => socket.send(frame('9000000000000000071', 7)))
  start(async (batch) => {
    storedMessages.push(...batch)
    platform.wakeWaiters()
    await durable
  })
  await platform.waitUntil(() => storedMessages.length === 1 && platform.receivedFrames('HeartBeat').length > 2)
  expect(platform.receivedFrames('Ack')).toEqual([])
  const acknowledged = new Promise<string>((resolve) =>
    platform.sockets[0]?.on('message', (text: Buffer) => text.includes('Ack') && resolve(text.toString())),
  )
  written()
  expect(await acknowledged).toBe(
    `{"commandType":"Ack","time":${NOW},"id":9000000000000000071,"sendTime":2,"type":"pdd_refund_RefundCreated","mallID":86}`,
  )
  expect(storedMessages).toEqual([
    {
      channel: 'push',
      key: expect.stringMatching(/^86:pdd_refund_RefundCreated:7:1772328605016:1000:[0-9a-f]{64}$/) as string,
      shop: '86',
      raw: frame('9000000000000000071', 7),
    },
  ])
})

test('a message that cannot be stored is returned with a reason that reveals no internals, the others are kept', async () => {
  platform = new Platform((socket) => [1, 2, 3].forEach((id) => socket.send(frame(id, id))))
  start((batch) =>
    batch.some(({ raw }) => raw.includes('"id":2,'))
      ? Promise.reject(new RangeError('canary-secret at row 2'))
      : Promise.resolve(),
  )
  await platform.waitUntil(
    () => platform.receivedFrames('Ack').length === 2 && platform.receivedFrames('Fail').length === 1,
  )
  expect(platform.receivedFrames('Ack').map(({ id }) => id)).toEqual([1, 3])
  expect(platform.receivedFrames('Fail')[0]).toEqual({
    commandType: 'Fail',
    time: NOW,
    id: 2,
    sendTime: 2,
    type: 'pdd_refund_RefundCreated',
    mallID: 86,
    failReason: 'not stored: RangeError',
  })
})

test('a reason has at most 1000 characters', async () => {
  platform = new Platform((socket) => socket.send(frame(1, 1)))
  start(() => Promise.reject(Object.assign(new Error(), { name: 'E'.repeat(5000) })))
  await platform.waitUntil(() => platform.receivedFrames('Fail').length === 1)
  expect(String(platform.receivedFrames('Fail')[0]?.failReason)).toHaveLength(1000)
})

test('a frame that cannot be read is kept, though it cannot be acknowledged', async () => {
  const storedMessages: InboundMessage[] = []
  platform = new Platform((socket) => socket.send('{"id":1,"commandType":"Comm'))
  start((batch) => {
    storedMessages.push(...batch)
    platform.wakeWaiters()
    return Promise.resolve()
  })
  await platform.waitUntil(() => storedMessages.length === 1)
  expect(storedMessages[0]).toMatchObject({ channel: 'push', shop: undefined, raw: '{"id":1,"commandType":"Comm' })
})

test('a connection that ends is reopened until stopped', async () => {
  platform = new Platform((socket, nth) => {
    if (nth === 1) socket.close(4001)
    if (nth === 2) socket.send('{"commandType":"Fail","failReason":"no such app canary-secret"}', () => socket.close())
    if (nth === 3) socket.terminate()
  })
  start(EMPTY)
  await platform.waitUntil(() => notices.length === 7)
  expect(new Set(platform.paths)).toEqual(
    new Set([new URL(buildConnectionUrl({ ...APP_CREDENTIALS, endpoints: { messages } }, NOW)).pathname]),
  )
  expect(notices).toEqual([
    'connected',
    'closed with 4001',
    'connected',
    'the marketplace answered: no such app ***',
    'connected',
    'closed with 1006',
    'connected',
  ])
  stop.abort()
  await running
  expect(notices.at(-1)).toBe('stopped')
})

test('a connection that is silent for too long counts as dead', async () => {
  platform = new Platform((socket) => socket.pause())
  start(EMPTY, { ...FAST_TIMINGS, silenceMs: 20 })
  await platform.waitUntil(() => platform.sockets.length === 2)
  expect(notices[1]).toBe('silent for too long')
})

test('heartbeats keep the connection alive while nothing happens', async () => {
  platform = new Platform()
  start(EMPTY, { ...FAST_TIMINGS, silenceMs: 500 })
  await platform.waitUntil(() => platform.receivedFrames('HeartBeat').length === 120)
  expect(platform.receivedFrames('HeartBeat')[0]).toEqual({ commandType: 'HeartBeat', time: NOW })
  expect(platform.sockets).toHaveLength(1)
})

test('stopping still acknowledges what is being written', async () => {
  platform = new Platform((socket) => socket.send(frame(1, 1)))
  start(() => {
    stop.abort()
    return Promise.resolve()
  })
  await running
  await platform.waitUntil(() => platform.receivedFrames('Ack').length === 1)
  expect(notices).toEqual(['connected', 'stopped'])
})

test('an invalid address is reported without showing it', async () => {
  platform = new Platform()
  messages = 'nowhere'
  start(EMPTY)
  stop.abort()
  await running
  expect(notices).toEqual(['the address of the messages is not usable'])
})
