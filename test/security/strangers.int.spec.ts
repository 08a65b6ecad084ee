import { connect, type Socket } from 'node:net'
import { register, openVault } from '#access'
import { until } from '../faults/asking'
import { TEST_KEY } from '../trade/deployment'
import { DOUYIN_APP, signed, signedBy } from '../trade/stack'
import { PATH } from './gateway'
import { gatewayForThisFile } from './gateway-for-file'

const MEGABYTE = 1_048_576
const MOST_CONNECTIONS = 100
const UNKNOWN = { appKey: '7999999999999999999', appSecret: 'of nobody' }
const at = gatewayForThisFile({ mostConnections: MOST_CONNECTIONS })
const { genuine } = at
let sockets: Socket[] = []

afterEach(() => {
  for (const socket of sockets) socket.destroy()
  sockets = []
})

const linesOf = (headers: Readonly<Record<string, string>>): string[] =>
  Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
const head = (path: string, ...lines: string[]): string =>
  [`POST ${path} HTTP/1.1`, 'Host: gateway', ...lines, '', ''].join('\r\n')

/** A connection that has sent these bytes, with all that it was answered so far. */
function opened(bytes: Buffer | string): { socket: Socket; answer: () => string } {
  let said = ''
  const socket = connect(at.gateway.port, '127.0.0.1', () => socket.write(bytes))
  socket.on('error', () => undefined)
  socket.on('data', (part: Buffer) => (said += part.toString('latin1')))
  sockets.push(socket)
  return { socket, answer: () => said }
}
const statusOf = (answer: string): string => answer.slice(9, 12)

describe('B1: a push to an app', () => {
  const newApp = { appKey: '7000000000000000042', appSecret: 'a new secret' }
  const registered = (appSecret: string): Promise<number> =>
    register(at.stack.database, openVault(TEST_KEY), { slug: 'test', name: 'Test' }, [
      { marketplace: 'douyin', ...newApp, appSecret, endpoints: {}, stores: [] },
    ])
  const pushed = (appSecret = newApp.appSecret) => {
    const body = genuine()
    const headers = signedBy({ ...newApp, appSecret }, body)
    return at.gateway.post(body, { path: `/push/douyin/${newApp.appKey}`, headers })
  }

  it('that was registered only now is taken, though strangers asked for it just before', async () => {
    expect((await pushed()).status).not.toBe(200)
    await registered(newApp.appSecret)
    const since = performance.now()
    while ((await pushed()).status !== 200);
    expect(performance.now() - since).toBeLessThan(1_000)
  })

  it('whose secret was changed only now is taken by the new one at once', async () => {
    expect((await pushed()).status).toBe(200)
    await registered('another secret')
    expect((await pushed('another secret')).status).toBe(200)
  })

  it('that is not registered takes as long to refuse as one that is wrongly signed', async () => {
    const took = { unknown: [] as number[], forged: [] as number[] }
    const body = genuine()
    const timed = async (kind: keyof typeof took, app: typeof UNKNOWN): Promise<void> => {
      const since = performance.now()
      await at.gateway.post(body, { path: `/push/douyin/${app.appKey}`, headers: signedBy(app, body) })
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

describe('B2: before its body', () => {
  it.each([
    ['without a signature', []],
    ['with a malformed signature', [`app-id: ${DOUYIN_APP.appKey}`, 'event-sign: 0']],
    ['for another app by its header', linesOf({ ...signed(Buffer.from('[]')), 'app-id': '1' })],
  ])('a push %s is refused, alike whether its app exists', async (_, lines) => {
    const answers: string[] = []
    for (const path of [PATH, `/push/douyin/${UNKNOWN.appKey}`]) {
      const { answer } = opened(head(path, ...lines, `content-length: ${MEGABYTE}`))
      await until('it is answered', () => answer().includes('fail'))
      answers.push(answer().replace(/^date: .*\r\n/im, ''))
    }
    expect(statusOf(answers[0] ?? '')).toBe('401')
    expect(answers[1]).toBe(answers[0])
  })

  it.each([PATH, `/push/douyin/${UNKNOWN.appKey}`, '/push/nowhere/1', '/nothing'])(
    'a delivery to %s that says it is too large is answered 413, and the connection is closed',
    async (path) => {
      const { socket, answer } = opened(head(path, ...linesOf(signed(Buffer.from('[]'))), 'content-length: 1048577'))
      await until('it is closed', () => socket.readableEnded || socket.destroyed)
      expect(statusOf(answer())).toBe('413')
    },
  )
})

describe('B2: bodies in hand', () => {
  const unfinished = (path: string, app: typeof UNKNOWN): ReturnType<typeof opened> => {
    const lines = linesOf(signedBy(app, Buffer.from('[]')))
    return opened(
      Buffer.concat([Buffer.from(head(path, ...lines, `content-length: ${MEGABYTE}`)), Buffer.alloc(MEGABYTE - 1, 32)]),
    )
  }

  it('are bounded: what is too much is sent back with 503, small ones still get through, and room comes back', async () => {
    const large = Array.from({ length: 60 }, () => unfinished(PATH, DOUYIN_APP))
    const refused = (): string[] => large.map(({ answer }) => answer()).filter((said) => said !== '')
    // Three quarters of 32 MiB are for large bodies.
    await until('the others are refused', () => refused().length >= 60 - 24)
    for (const said of refused()) expect(said).toMatch(/^HTTP\/1\.1 503 [^]*retry-after: 1\r\n/i)
    expect(await at.gateway.post(genuine())).toMatchObject({ status: 200 })
    for (const { socket } of large) socket.destroy()
    const body = Buffer.alloc(MEGABYTE, 32)
    genuine().copy(body)
    await until('room is back', async () => (await at.gateway.post(body)).status === 200)
  })

  it('of unregistered apps are not kept', async () => {
    const strange = Array.from({ length: 60 }, () => unfinished(`/push/douyin/${UNKNOWN.appKey}`, UNKNOWN))
    await until('all is sent', () => strange.every(({ socket }) => socket.writableLength === 0 && !socket.connecting))
    const body = Buffer.alloc(MEGABYTE, 32)
    genuine().copy(body)
    expect(await at.gateway.post(body)).toMatchObject({ status: 200 })
    expect(strange.map(({ answer }) => answer())).toEqual(strange.map(() => ''))
    for (const { socket } of strange) socket.write(' ')
    await until('each is answered', () => strange.every(({ answer }) => answer() !== ''))
    expect(new Set(strange.map(({ answer }) => statusOf(answer()))).size).toBe(1)
  })
})

describe('B2: connections', () => {
  it('are capped: strangers who hold theirs open lose them, a genuine push gets in, its connection stays', async () => {
    const body = genuine()
    const push = Buffer.concat([
      Buffer.from(head(PATH, ...linesOf(signed(body)), `content-length: ${body.length}`)),
      body,
    ])
    const sender = opened(push)
    await until('the first push is taken', () => statusOf(sender.answer()) === '200')
    const strangers = Array.from({ length: 2 * MOST_CONNECTIONS }, () => opened('POST /push'))
    await until(
      'the others are closed',
      () => strangers.filter(({ socket }) => socket.destroyed).length > MOST_CONNECTIONS,
    )
    expect(await at.gateway.post(genuine())).toMatchObject({ status: 200 })
    sender.socket.write(push)
    await until('the second push is taken', () => sender.answer().match(/HTTP\/1\.1 200/g)?.length === 2)
  })
})
