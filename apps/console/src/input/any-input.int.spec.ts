import fc from 'fast-check'
import { saveDeadLetters, sourceOf } from '#messaging'
import { property } from '../../../../test/property'
import type { ApiDocument, HostileRequest } from '../../test/hostile-requests'
import { endpointsOf, hostileRequestTo } from '../../test/hostile-requests'
import { headersOf } from '../../test/operator-requests'
import { NOON, openStack, waiting, type Stack } from '../../test/stack'
import { PROBLEM_CODES } from '../problems/problem-codes'

const REQUESTS_A_RUN = 12
let stack: Stack
let document: ApiDocument
let ids: string[]

beforeAll(async () => {
  stack = await openStack()
  stack.app.useLogger(false)
  document = (await stack.app.inject({ url: '/openapi.json', headers: { host: 'localhost' } })).json()
  const [store] = stack.ours.stores
  const message = await stack.message(store, 'push', 'rubbish')
  await stack.work()
  const letter = { consumer: 'c', eventId: 'e', topic: 't', key: 'k', reason: 'r', value: Buffer.from('{}') }
  await saveDeadLetters(stack.database, [{ ...letter, headers: { ce_source: sourceOf(stack.ours.org) } }])
  ids = [await stack.recordReport(store, 'C1', waiting(NOON, 100)), String(store.id), String(message), '1', '2', 'x']
})
afterAll(() => stack.close())

async function answerTo({ method, url, headers, payload }: HostileRequest) {
  const answer = await stack.app.inject({
    method: method as 'GET',
    url,
    headers: { host: 'localhost', ...headers },
    ...(payload === undefined ? {} : { payload }),
  })
  return { status: answer.statusCode, type: String(answer.headers['content-type']), text: answer.payload }
}

/** What is wrong with the answer to any request. */
function faultOf({ status, type, text }: Awaited<ReturnType<typeof answerTo>>, method: string): string | undefined {
  if (status >= 500) return `${status} ${text}`
  if (status < 400 || method === 'HEAD') return undefined
  if (type !== 'application/problem+json; charset=utf-8') return `${status} as ${type}`
  const { code, status: stated } = JSON.parse(text) as { code: string; status: number }
  return Object.hasOwn(PROBLEM_CODES, code) && stated === status ? undefined : `${status} with the code ${code}`
}

describe('the console, whatever is sent to it (fault B7)', () => {
  it('answers no request with 5xx, and every refusal is a problem with a code', async () => {
    // Live updates answer without end; after a log-out everything would be refused.
    const endpoints = endpointsOf(document).filter(
      ({ method, path }) => !path.startsWith('/api/live') && !(method === 'DELETE' && path === '/api/session'),
    )
    expect(endpoints.length).toBeGreaterThan(40)
    const anyRequest = fc.constantFrom(...endpoints).chain((endpoint) => hostileRequestTo(endpoint, document, ids))
    await property(
      fc.array(anyRequest, { minLength: REQUESTS_A_RUN, maxLength: REQUESTS_A_RUN }),
      async (requests) => {
        for (const request of requests) {
          const fault = faultOf(await answerTo(request), request.method)
          if (fault !== undefined) throw new Error(`${fault}\n${JSON.stringify(request)}`)
        }
      },
      { runs: 40 },
    )
  }, 600_000)

  const act = (body: unknown): HostileRequest => ({
    method: 'POST',
    url: `/api/cases/${ids[0]}/actions`,
    headers: {
      'content-type': 'application/json',
      ...headersOf('lin'),
      'idempotency-key': '00000000-0000-4000-8000-00000000000a',
    },
    payload: JSON.stringify(body),
  })
  const judged = '2026-11-22T04:00:00Z'

  it.each([
    ['a list in place of the action', { action: [], judged }, '#/action'],
    ['a list of lists in place of the action', { action: [[]], judged }, '#/action'],
    ['null in place of the action', { action: null, judged }, '#/action'],
    ['null for facts', { action: { name: 'extend-time' }, judged, facts: null }, '#/facts'],
    ['a list for facts', { action: { name: 'extend-time' }, judged, facts: [] }, '#/facts'],
    ['null for what is confirmed', { action: { name: 'extend-time' }, judged, confirmed: null }, '#/confirmed'],
    ['null for a note', { action: { name: 'approve-refund', note: null }, judged }, '#/action/note'],
    ['a list for a parcel', { action: { name: 'intercept', shipment: [] }, judged }, '#/action/shipment'],
    ['NUL in a note', { action: { name: 'approve-refund', note: 'a\0b' }, judged }, '#'],
    ['half of a surrogate pair in a note', { action: { name: 'approve-refund', note: '\ud83d' }, judged }, '#'],
  ])('an action with %s is answered 400, with a pointer to the field', async (_name, body, pointer) => {
    const { status, text } = await answerTo(act(body))
    expect([status, (JSON.parse(text) as { errors: { pointer: string }[] }).errors[0]?.pointer]).toEqual([400, pointer])
  })

  it.each([
    ['a list in the list', [[]]],
    ['null in the list', [null]],
    ['a list of lists', [[[{}]]]],
  ])('a batch with %s is answered 400', async (_name, items) => {
    const { status } = await answerTo({ ...act({ items }), url: '/api/actions/batch' })
    expect(status).toBe(400)
  })

  it('a question with NUL is answered 400', async () => {
    const asked = { method: 'GET', url: '/api/audit?subject=a%00b', headers: headersOf('lin') } as const
    expect((await answerTo(asked)).status).toBe(400)
  })
})
