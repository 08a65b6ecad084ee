import { createHash } from 'node:crypto'
import { forgeriesOf } from '../../libs/connectors/src/contract/suite/forgeries'
import { register, openVault } from '#access'
import type { FreshDatabase } from '../postgres/database'
import { freshDatabase } from '../postgres/database'
import { caseNumberOf, countOf } from '../faults/asking'
import { TEST_KEY } from '../trade/deployment'
import type { Stack } from '../trade/stack'
import { DOUYIN_APP, openStack, refundPush, signed, signedBy } from '../trade/stack'
import { type OpenGateway, PATH, type Said, openGateway } from './gateway'

const NOON = Date.parse('2026-11-11T04:00:00Z')
const OTHER_APP = { appKey: '7000000000000000002', appSecret: 'a-secret-of-another-app' }
let fresh: FreshDatabase
let stack: Stack
let gateway: OpenGateway

beforeAll(async () => {
  fresh = await freshDatabase()
  stack = await openStack(fresh.url)
  await register(stack.database, openVault(TEST_KEY), { slug: 'other', name: 'Other' }, [
    { marketplace: 'douyin', ...OTHER_APP, endpoints: { api: 'http://127.0.0.1:1' }, stores: [] },
  ])
  gateway = await openGateway(stack)
})
afterAll(async () => {
  await gateway.close()
  await stack.close()
  await fresh.drop()
})

/** With line breaks, spaces and Chinese, so that every way to write it anew is another one. */
const genuine = (n: number): Buffer =>
  Buffer.from(
    JSON.stringify(
      [{ ...refundPush({ caseNumber: caseNumberOf(n), at: NOON, id: `genuine-${n}` }), title: '售后 单' }],
      undefined,
      2,
    ),
  )
const lookOf = ({ status, headers: { date, ...headers }, body }: Said): string =>
  JSON.stringify({ status, headers, body, dated: date !== undefined })
const REFUSED = { status: 401, body: '{"code":1,"msg":"fail"}' }

describe('S1: what the marketplace did not sign', () => {
  const body = genuine(1)
  const sign = (bytes: Buffer, { appKey, appSecret }: { appKey: string; appSecret: string }) => ({
    headers: signedAs(bytes, appKey, appSecret),
    body: bytes,
  })
  const forgeries = forgeriesOf(body, DOUYIN_APP, { sign, covers: { appKey: true } }).filter(
    ({ judgedWith, name }) =>
      // Judged with our own credentials, as the gateway does; and white space before a header's value is no part of it in HTTP.
      judgedWith === undefined && !name.endsWith('with a space before it'),
  )

  it('is refused in more than 40 disguises with one and the same answer, and leaves no row', async () => {
    const answers = new Set<string>()
    const taken: string[] = []
    expect(forgeries.length).toBeGreaterThan(40)
    for (const { name, delivery } of forgeries) {
      const said = await send(delivery)
      if (said === undefined) continue
      answers.add(lookOf({ ...said, headers: { ...said.headers, 'content-length': '' } }))
      if (said.status !== 401) taken.push(`${name}: ${said.status}`)
    }
    expect(taken).toEqual([])
    expect([...answers]).toHaveLength(1)
    expect(await countOf(stack.database, 'message')).toBe(0)
    expect(await gateway.post(body)).toMatchObject({ status: 200 })
    expect(await countOf(stack.database, 'message')).toBe(1)
  })

  it('but HTTP itself would not carry is answered 400 before it is read', async () => {
    const bytes = genuine(2)
    const head = (sign: string): string =>
      `POST ${PATH} HTTP/1.1\r\nHost: a\r\napp-id: ${DOUYIN_APP.appKey}\r\nevent-sign: ${sign}\r\ncontent-length: ${bytes.length}\r\n\r\n`
    const { 'event-sign': sign = '' } = signed(bytes)
    expect(await gateway.raw(Buffer.concat([Buffer.from(head(`${sign}\u0000`)), bytes]))).toMatch(/^HTTP\/1\.1 400 /)
    expect(await gateway.raw(Buffer.concat([Buffer.from(head(`${sign}\r\n x`)), bytes]))).toMatch(
      /^HTTP\/1\.1 (400|401) /,
    )
    expect(await countOf(stack.database, 'message')).toBe(1)
  })

  it.each([
    ['the signature in the address', { path: `${PATH}?app-id=${DOUYIN_APP.appKey}&event-sign=x`, headers: {} }, 401],
    ['GET', { method: 'GET' }, 404],
    ['PUT', { method: 'PUT' }, 404],
    ['another method in a header', { method: 'GET', headers: { 'x-http-method-override': 'POST' } }, 404],
    ['another app than the signature is for', { path: '/push/douyin/1' }, 401],
    ['an unknown app', { path: '/push/douyin/1', headers: signedBy({ appKey: '1', appSecret: '' }, genuine(3)) }, 401],
    ['an unknown marketplace', { path: `/push/nowhere/${DOUYIN_APP.appKey}` }, 404],
    ['a marketplace named like a prototype', { path: `/push/__proto__/${DOUYIN_APP.appKey}` }, 404],
    ['a marketplace without deliveries over HTTP', { path: `/push/pinduoduo/${DOUYIN_APP.appKey}` }, 404],
    ['another spelling of the marketplace', { path: `/push/DOUYIN/${DOUYIN_APP.appKey}` }, 404],
    ['a path that climbs', { path: `/push/douyin/..%2f${DOUYIN_APP.appKey}` }, 401],
    ['a path with a NUL', { path: `/push/douyin/${DOUYIN_APP.appKey}%00` }, 401],
    ['a path that cannot be decoded', { path: '/push/douyin/%c0%ae' }, 400],
    ['a very long path', { path: `/push/douyin/${'7'.repeat(8_000)}` }, 414],
  ] as const)('by %s does not come in either', async (_how, sending, status) => {
    const before = await countOf(stack.database, 'message')
    const said = await gateway.post(genuine(3), sending)
    expect(said.status).toBe(status === 414 && said.status === 404 ? 414 : status)
    expect(said.body).not.toMatch(/node_modules|\n\s+at |Error:/)
    expect(await countOf(stack.database, 'message')).toBe(before)
  })

  async function send({ headers, body: bytes }: { headers: object; body: Buffer }): Promise<Said | undefined> {
    try {
      const known = Object.entries(headers).filter(([, value]) => value !== undefined)
      return await gateway.post(bytes, { headers: Object.fromEntries(known) as Record<string, string> })
    } catch (error) {
      // Node itself does not send it; the raw form is tried above.
      if ((error as NodeJS.ErrnoException).code === 'ERR_INVALID_CHAR') return undefined
      throw error
    }
  }
})

describe('S2: a genuine delivery that is sent again', () => {
  it('at once, a day later and a hundred times has no second effect, and is answered as the first', async () => {
    const body = genuine(10)
    const before = await countOf(stack.database, 'message')
    const first = await gateway.post(body)
    await stack.receiveAll()
    const events = await countOf(stack.database, 'event')
    const again = await Promise.all(Array.from({ length: 100 }, () => gateway.post(body)))
    stack.now += 24 * 3_600_000
    again.push(await gateway.post(body))
    expect(new Set([first, ...again].map(lookOf)).size).toBe(1)
    expect(await stack.receiveAll()).toBe(0)
    expect(await countOf(stack.database, 'message')).toBe(before + 1)
    expect(await countOf(stack.database, 'event')).toBe(events)
  })

  it('to the address of another app is refused', async () => {
    const before = await countOf(stack.database, 'message')
    const body = genuine(11)
    expect(await gateway.post(body, { path: `/push/douyin/${OTHER_APP.appKey}` })).toMatchObject(REFUSED)
    expect(await gateway.post(body, { headers: signedAs(body, OTHER_APP.appKey, OTHER_APP.appSecret) })).toMatchObject(
      REFUSED,
    )
    expect(await countOf(stack.database, 'message')).toBe(before)
  })

  it('in other words under a known number changes nothing', async () => {
    const caseNumber = caseNumberOf(12)
    const told = (fen: number): Buffer =>
      Buffer.from(JSON.stringify([refundPush({ caseNumber, at: stack.now, fen, id: 'one-number' })]))
    await gateway.post(told(8900))
    await gateway.post(told(1))
    await stack.receiveAll()
    expect((await stack.caseOf(caseNumber))?.amounts?.total).toBe(8900)
  })
})

function signedAs(bytes: Buffer, appKey: string, appSecret: string): Record<string, string> {
  return { 'app-id': appKey, 'event-sign': md5(appKey, bytes, appSecret) }
}

function md5(...parts: (string | Buffer)[]): string {
  const hash = createHash('md5')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}
