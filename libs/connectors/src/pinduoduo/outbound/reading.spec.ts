import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RateLimit, StoreSession, CallContext } from '../../contract'
import { outbound } from '.'
import { signatureOf } from '../sign'

type Params = Readonly<Record<string, string | number>>
type Answerer = (params: Params, response: ServerResponse) => unknown

const NOW = Date.parse('2026-03-05T12:00:00+08:00')
const WINDOW = { from: NOW - 1_799_000, to: NOW }
let server: Server
let api: string
let answer: Answerer
let requests: Params[]
let admitted: (readonly RateLimit[])[]
let held: { keys: readonly string[]; ms: number }[]

beforeAll(async () => {
  server = createServer((request, response) => void serve(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))
beforeEach(() => {
  requests = []
  admitted = []
  held = []
})

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const params = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Params
  requests.push({ path: request.url ?? '', ...params })
  const body = answer(params, response)
  if (body !== undefined) response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

const session = (): StoreSession => ({
  appKey: 'c71',
  appSecret: 'canary-secret',
  shop: '860000071',
  accessToken: 'canary-access',
  refreshToken: 'canary-refresh',
  endpoints: { api },
})
const ctx = (signal = new AbortController().signal): CallContext => ({
  now: () => NOW,
  signal,
  rateLimiter: {
    admit: (limits) => Promise.resolve(void admitted.push(limits)),
    hold: (limits, ms) => held.push({ keys: limits.map(({ key }) => key), ms }),
  },
})
const refusal = (error_code: number, error_msg = 'no') => ({ error_response: { error_code, error_msg } })
const REFERENCE = { caseNumber: '7', orderNumber: '260301-7' }
const read = () => outbound.read(REFERENCE, session(), ctx())

test('a call is one signed flat map with the real time in seconds', async () => {
  answer = () => '{"id":7,"order_sn":"260301-7"}'
  await read()
  const { path, ...params } = requests[0] ?? {}
  expect(path).toBe('/api/router')
  expect(params).toEqual({
    type: 'pdd.refund.information.get',
    client_id: 'c71',
    access_token: 'canary-access',
    timestamp: NOW / 1000,
    data_type: 'JSON',
    version: 'V1',
    order_sn: '260301-7',
    after_sales_id: '7',
    sign: signatureOf(params as Params, 'canary-secret'),
  })
  expect(admitted.flat().map(({ key }) => key)).toEqual(['pinduoduo:detail:shop:860000071', 'pinduoduo:detail:all'])
})

test('a detail keeps its exact text, wrapped or not, with a key of its own', async () => {
  const text = '{ "refund_information_get_response" : {"id":7, "order_sn":"260301-7"} }'
  answer = () => text
  const detail = await read()
  expect(detail).toMatchObject({ type: 'ok', value: { channel: 'detail', shop: undefined, raw: text } })
  expect(detail.type === 'ok' && detail.value.key.startsWith(`7:${NOW}:`)).toBe(true)
})

test('an answer about another case, or about none, is no answer', async () => {
  answer = () => '{"id":8,"order_sn":"260301-7"}'
  expect(await read()).toEqual({ type: 'unknown', why: 'an answer about another case' })
  answer = () => '{}'
  expect(await read()).toEqual({ type: 'unknown', why: 'an answer without a case' })
})

test('an error body on HTTP 200 is an error', async () => {
  answer = () => refusal(10019)
  expect(await read()).toEqual({ type: 'token-expired' })
  answer = () => refusal(10014, '授权已取消')
  expect(await read()).toEqual({ type: 'reauthorise', code: '10014', text: '授权已取消' })
  answer = () => refusal(20004, '签名错误')
  expect(await outbound.pull(WINDOW, session(), ctx())).toEqual({ type: 'refused', code: '20004', text: '签名错误' })
})

test('too often: the shop is held, others are not', async () => {
  answer = () => refusal(52101)
  expect(await outbound.pull(WINDOW, session(), ctx())).toMatchObject({ type: 'try-later', afterMs: 10_000 })
  answer = (_, response) => {
    response.statusCode = 429
    return 'slow down'
  }
  expect(await read()).toMatchObject({ type: 'try-later', afterMs: 1_000 })
  expect(held).toEqual([
    { keys: ['pinduoduo:list:shop:860000071'], ms: 10_000 },
    { keys: ['pinduoduo:detail:shop:860000071'], ms: 1_000 },
  ])
})

test.each<[string, Answerer, string]>([
  ['cut off', (_, response) => void response.destroy(), 'the connection failed (UND_ERR_SOCKET)'],
  ['HTML', () => '<html>maintenance</html>', 'not a JSON object'],
  ['broken', () => '{"id":7', 'not a JSON object'],
  ['nested to hurt', () => '['.repeat(60_000), 'not a JSON object'],
  ['not text', (_, response) => void response.end(Buffer.from([0x7b, 0xff, 0x7d])), 'an answer that is not UTF-8'],
  ['too large', () => `"${'x'.repeat(9 * 1024 * 1024)}"`, 'an answer of more than 8388608 bytes'],
  ['a server error', (_, response) => ((response.statusCode = 502), '{"id":7}'), 'HTTP 502'],
  [
    'a redirection',
    (_, response) => (response.writeHead(302, { location: 'http://127.0.0.1:1/' }), '{"id":7}'),
    'HTTP 302',
  ],
])('an answer that is %s leaves it unknown', async (_, answerer, why) => {
  answer = answerer
  expect(await read()).toEqual({ type: 'unknown', why })
})

test('stopping does not wait for the answer', async () => {
  const stop = new AbortController()
  answer = () => stop.abort()
  expect(await outbound.read(REFERENCE, session(), ctx(stop.signal))).toEqual({
    type: 'unknown',
    why: 'stopped during the call',
  })
})

test('fresh tokens come from the refresh token alone; when that has expired the merchant must authorise', async () => {
  const tokens = { access_token: 'new-a', refresh_token: 'new-r', expires_at: 1772769600 }
  const value = { accessToken: 'new-a', refreshToken: 'new-r', expiresAt: 1772769600000 }
  answer = () => ({ pop_auth_token_refresh_response: tokens })
  expect(await outbound.refresh(session(), ctx())).toEqual({ type: 'ok', value })
  answer = () => ({ pop_auth_token_refresh_response: { ...tokens, owner_id: 10437917 } })
  expect(await outbound.refresh(session(), ctx())).toEqual({ type: 'ok', value: { ...value, shop: '10437917' } })
  expect(requests[0]).toMatchObject({ type: 'pdd.pop.auth.token.refresh', refresh_token: 'canary-refresh' })
  expect(requests[0]).not.toHaveProperty('access_token')
  for (const code of [10019, 10035, 10014, 50001]) {
    answer = () => refusal(code)
    expect(await outbound.refresh(session(), ctx())).toMatchObject({ type: 'reauthorise' })
  }
  answer = () => refusal(20004)
  expect(await outbound.refresh(session(), ctx())).toMatchObject({ type: 'refused', code: '20004' })
})

test('messages of a shop are asked for by a call of their own', async () => {
  answer = () => ({ pmc_user_permit_response: { is_success: true } })
  expect(await outbound.subscribe?.(session(), ctx())).toEqual({ type: 'ok', value: undefined })
  answer = () => ({ pmc_user_permit_response: { is_success: false } })
  expect(await outbound.subscribe?.(session(), ctx())).toMatchObject({ type: 'refused', code: 'not-permitted' })
  expect(requests[0]).toMatchObject({ type: 'pdd.pmc.user.permit', access_token: 'canary-access' })
})

test('no secret shows in any answer, whatever the platform quotes', async () => {
  const shown: unknown[] = []
  for (const code of [10014, 20004, 50000, 50001, 52101]) {
    answer = () => refusal(code, 'canary-secret canary-access canary-refresh')
    shown.push(await read(), await outbound.refresh(session(), ctx()))
  }
  shown.push(await outbound.read(REFERENCE, { ...session(), endpoints: { api: 'http://canary-host:0' } }, ctx()))
  expect(JSON.stringify(shown)).not.toContain('canary')
})
