import { connect, type Socket } from 'node:net'
import { register, openVault } from '#access'
import { waitUntil } from '../processes/wait-until'
import { TEST_KEY } from '../support/in-process-deployment'
import { DOUYIN_APP, signed, signedBy } from '../support/stack'
import { PATH } from './gateway'
import { useGateway } from './use-gateway'

const MEGABYTE = 1_048_576
const MAX_CONNECTIONS = 100
const UNKNOWN = { appKey: '7999999999999999999', appSecret: 'unregistered' }
const fixture = useGateway({ mostConnections: MAX_CONNECTIONS })
const { genuine } = fixture
let sockets: Socket[] = []

afterEach(() => {
  for (const socket of sockets) socket.destroy()
  sockets = []
})

const linesOf = (headers: Readonly<Record<string, string>>): string[] =>
  Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
const head = (path: string, ...lines: string[]): string =>
  [`POST ${path} HTTP/1.1`, 'Host: gateway', ...lines, '', ''].join('\r\n')

/** Opens a connection, sends these bytes and collects the response. */
function openConnection(bytes: Buffer | string): { socket: Socket; answer: () => string } {
  let received = ''
  const socket = connect(fixture.gateway.port, '127.0.0.1', () => socket.write(bytes))
  socket.on('error', () => undefined)
  socket.on('data', (part: Buffer) => (received += part.toString('latin1')))
  sockets.push(socket)
  return { socket, answer: () => received }
}
const statusOf = (answer: string): string => answer.slice(9, 12)

describe('a push to an app (fault B1)', () => {
  const newApp = { appKey: '7000000000000000042', appSecret: 'a new secret' }
  const registerApp = (appSecret: string): Promise<number> =>
    register(fixture.stack.database, openVault(TEST_KEY), { slug: 'test', name: 'Test' }, [
      { marketplace: 'douyin', ...newApp, appSecret, endpoints: {}, stores: [] },
    ])
  const postPush = (appSecret = newApp.appSecret) => {
    const body = genuine()
    const headers = signedBy({ ...newApp, appSecret }, body)
    return fixture.gateway.post(body, { path: `/push/douyin/${newApp.appKey}`, headers })
  }

  it('is accepted within a second after the app was registered, although an earlier push found it unknown', async () => {
    expect((await postPush()).status).not.toBe(200)
    await registerApp(newApp.appSecret)
    const since = performance.now()
    while ((await postPush()).status !== 200);
    expect(performance.now() - since).toBeLessThan(1_000)
  })

  it('is accepted with a new secret as soon as it has changed', async () => {
    expect((await postPush()).status).toBe(200)
    await registerApp('another secret')
    expect((await postPush('another secret')).status).toBe(200)
  })

  it('is refused in the same time whether the app is unknown or the signature wrong', async () => {
    const took = { unknown: [] as number[], forged: [] as number[] }
    const body = genuine()
    const timed = async (kind: keyof typeof took, app: typeof UNKNOWN): Promise<void> => {
      const since = performance.now()
      await fixture.gateway.post(body, { path: `/push/douyin/${app.appKey}`, headers: signedBy(app, body) })
      took[kind].push(performance.now() - since)
    }
    for (let i = 0; i < 30; i++) {
      await timed('unknown', { ...UNKNOWN, appKey: `${UNKNOWN.appKey}${i}` })
      await timed('forged', { ...DOUYIN_APP, appSecret: 'wrong' })
    }
    const [unknown, forged] = [took.unknown, took.forged].map((all) => all.sort((a, b) => a - b)[15] ?? 0) as [
      number,
      number,
    ]
    expect(Math.abs(unknown - forged)).toBeLessThan(10)
  })
})

describe('a push before its body is read (fault B2)', () => {
  it.each([
    ['without a signature', []],
    ['with a malformed signature', [`app-id: ${DOUYIN_APP.appKey}`, 'event-sign: 0']],
    ['for another app by its header', linesOf({ ...signed(Buffer.from('[]')), 'app-id': '1' })],
  ])('is refused %s, with the same answer whether its app exists or not', async (_, lines) => {
    const answers: string[] = []
    for (const path of [PATH, `/push/douyin/${UNKNOWN.appKey}`]) {
      const { answer } = openConnection(head(path, ...lines, `content-length: ${MEGABYTE}`))
      await waitUntil('it is answered', () => answer().includes('fail'))
      answers.push(answer().replace(/^date: .*\r\n/im, ''))
    }
    expect(statusOf(answers[0] ?? '')).toBe('401')
    expect(answers[1]).toBe(answers[0])
  })

  it.each([PATH, `/push/douyin/${UNKNOWN.appKey}`, '/push/nowhere/1', '/nothing'])(
    'is answered 413 at %s if its Content-Length is above the limit, and the connection is closed',
    async (path) => {
      const { socket, answer } = openConnection(
        head(path, ...linesOf(signed(Buffer.from('[]'))), 'content-length: 1048577'),
      )
      await waitUntil('it is closed', () => socket.readableEnded || socket.destroyed)
      expect(statusOf(answer())).toBe('413')
    },
  )
})

describe('bodies in memory (fault B2)', () => {
  const unfinished = (path: string, app: typeof UNKNOWN): ReturnType<typeof openConnection> => {
    const lines = linesOf(signedBy(app, Buffer.from('[]')))
    return openConnection(
      Buffer.concat([Buffer.from(head(path, ...lines, `content-length: ${MEGABYTE}`)), Buffer.alloc(MEGABYTE - 1, 32)]),
    )
  }

  it('are limited: above the limit they are answered 503, small ones still pass, and the memory is released', async () => {
    const large = Array.from({ length: 60 }, () => unfinished(PATH, DOUYIN_APP))
    const refused = (): string[] => large.map(({ answer }) => answer()).filter((received) => received !== '')
    // Three quarters of 32 MiB are for large bodies.
    await waitUntil('the others are refused', () => refused().length >= 60 - 24)
    for (const received of refused()) expect(received).toMatch(/^HTTP\/1\.1 503 [^]*retry-after: 1\r\n/i)
    expect(await fixture.gateway.post(genuine())).toMatchObject({ status: 200 })
    for (const { socket } of large) socket.destroy()
    const body = Buffer.alloc(MEGABYTE, 32)
    genuine().copy(body)
    await waitUntil('room is back', async () => (await fixture.gateway.post(body)).status === 200)
  })

  it('do not include those of unregistered apps', async () => {
    const unregistered = Array.from({ length: 60 }, () => unfinished(`/push/douyin/${UNKNOWN.appKey}`, UNKNOWN))
    await waitUntil('all is sent', () =>
      unregistered.every(({ socket }) => socket.writableLength === 0 && !socket.connecting),
    )
    const body = Buffer.alloc(MEGABYTE, 32)
    genuine().copy(body)
    expect(await fixture.gateway.post(body)).toMatchObject({ status: 200 })
    expect(unregistered.map(({ answer }) => answer())).toEqual(unregistered.map(() => ''))
    for (const { socket } of unregistered) socket.write(' ')
    await waitUntil('each is answered', () => unregistered.every(({ answer }) => answer() !== ''))
    expect(new Set(unregistered.map(({ answer }) => statusOf(answer()))).size).toBe(1)
  })
})

describe('connections (fault B2)', () => {
  it('are limited: idle unauthenticated ones are closed, a genuine push is accepted and keeps its connection', async () => {
    const body = genuine()
    const push = Buffer.concat([
      Buffer.from(head(PATH, ...linesOf(signed(body)), `content-length: ${body.length}`)),
      body,
    ])
    const sender = openConnection(push)
    await waitUntil('the first push is accepted', () => statusOf(sender.answer()) === '200')
    const idleConnections = Array.from({ length: 2 * MAX_CONNECTIONS }, () => openConnection('POST /push'))
    await waitUntil(
      'the others are closed',
      () => idleConnections.filter(({ socket }) => socket.destroyed).length > MAX_CONNECTIONS,
    )
    expect(await fixture.gateway.post(genuine())).toMatchObject({ status: 200 })
    sender.socket.write(push)
    await waitUntil('the second push is accepted', () => sender.answer().match(/HTTP\/1\.1 200/g)?.length === 2)
  })
})
