import { randomUUID } from 'node:crypto'
import type { Permission, StoreRights } from '#access'
import { requestConfirmed } from '../../../../test/support/request-confirmed'
import { headersOf } from '../../test/operator-requests'
import { HOUR, NOON, openStack, waiting, type Stack } from '../../test/stack'

const FREE = { name: 'propose-amount', amount: 3_000, text: '建议退30元' }
const PAID = { name: 'send-small-payment', amount: 300, text: '补偿' }
const ATTEST = ['attest', {}] as const
const WITHDRAW = ['close', { as: 'withdrawn' }] as const
const LAPSE = ['close', { as: 'lapsed' }] as const

let stack: Stack
let caseCount = 0
beforeAll(async () => {
  stack = await openStack()
})
afterAll(() => stack.close())

const newCase = (total = 8_900, store = stack.ours.stores[0]): Promise<string> =>
  stack.recordReport(store, `R${++caseCount}`, waiting(NOON + HOUR, total))

async function keyWith(permissions: readonly Permission[], stores: StoreRights = 'all'): Promise<object> {
  const key = { label: 'a program', permissions, stores, expiresAt: Date.now() + HOUR }
  const made = await stack.identity.apiKeys.create(await stack.signedIn.actor(), key)
  if (made.outcome !== 'created') throw new Error(made.reason)
  return { host: 'localhost', authorization: `Bearer ${made.secret}` }
}

async function post(headers: object, url: string, payload: object): Promise<{ status: number; body: object }> {
  const answer = await stack.app.inject({ method: 'POST', url, headers: headers as Record<string, string>, payload })
  return { status: answer.statusCode, body: answer.json<object>() }
}

/** An action that the owner has requested and that must be done by hand. */
async function requested(action: object): Promise<string> {
  const [id, intent] = [await newCase(), randomUUID()]
  const answer = await requestConfirmed((request) => stack.operator.act(id, request, { intent }), { action })
  expect(answer).toMatchObject({ status: 201, body: { state: 'intended' } })
  return `/api/cases/${id}/actions/${intent}`
}

const CALLERS: Readonly<Record<string, () => Promise<object>>> = {
  'the owner': () => Promise.resolve(headersOf({ login: 'an-owner', role: 'owner' })),
  'an after-sale agent': () => Promise.resolve(headersOf({ login: 'an-agent', role: 'after-sale-agent' })),
  finance: () => Promise.resolve(headersOf({ login: 'the-finance', role: 'finance' })),
  'a warehouse': () => Promise.resolve(headersOf({ login: 'a-warehouse', role: 'warehouse' })),
  'a key for free actions': () => keyWith(['cases.act']),
  'a key for paid actions': () => keyWith(['money.act']),
}

describe('attesting and closing an action needs the right to request it', () => {
  const both = [200, 200]
  it.each([
    ['the owner', both, both],
    ['an after-sale agent', both, both],
    ['finance', [403, 403], both],
    ['a warehouse', [403, 403], [403, 403]],
    ['a key for free actions', both, [403, 403]],
    ['a key for paid actions', [403, 403], both],
  ])('%s: free actions %j, paid ones %j', async (caller, free, paid) => {
    const headers = (await CALLERS[caller]?.()) ?? {}
    const answered = async (action: object): Promise<number[]> => {
      const statuses: number[] = []
      for (const [verb, body] of [ATTEST, WITHDRAW])
        statuses.push((await post(headers, `${await requested(action)}/${verb}`, body)).status)
      return statuses
    }
    expect([await answered(FREE), await answered(PAID)]).toEqual([free, paid])
  })

  it('holds for closing a payment as not done, after which it could be requested again, and is audited', async () => {
    const url = await requested(PAID)
    const [verb, body] = LAPSE
    const refused = await post(await keyWith(['cases.act']), `${url}/${verb}`, body)
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden', permission: 'money.act' } })
    const [caseId = '', intent = ''] = url.split('/').filter((part) => part.length === 36)
    const [entry] = await stack.database.query<{ action: string; subject: string }[]>(
      'SELECT action, subject FROM audit_entry WHERE org = $1 ORDER BY n DESC LIMIT 1',
      [stack.ours.org],
    )
    expect(entry).toEqual({ action: 'access.denied', subject: `case:${caseId}` })
    expect((await stack.get(`/api/cases/${caseId}/actions/${intent}`)).body).toMatchObject({ state: 'intended' })
  })

  it('is answered for an action that does not exist like before: not found', async () => {
    const url = `/api/cases/${await newCase()}/actions/${randomUUID()}`
    expect((await post(await keyWith(['cases.act']), `${url}/attest`, {})).status).toBe(404)
    expect((await post(headersOf(), `${url}/close`, { as: 'lapsed' })).status).toBe(404)
  })
})

describe('a batch that names a case of a store that the caller may not see', () => {
  const batchOn = (caseId: string, action: object): object => ({
    items: [{ caseId, intent: randomUUID(), judged: '2026-11-22T04:00:00Z', action }],
  })
  const outcomeOf = ({ status, body }: { status: number; body: object }): unknown => [
    status,
    (body as { items?: { reason: string }[] }).items?.map(({ reason }) => reason),
  ]

  it.each([
    ['of which the permission is missing', ['money.act'], { name: 'extend-time' }],
    ['of which the amount needs a proof', ['cases.act', 'money.act'], { name: 'approve-refund' }],
  ] as const)('is answered as for a missing case, also for an action %s', async (_, permissions, action) => {
    const [here, elsewhere] = stack.ours.stores
    const foreign = await newCase(9_000_000, elsewhere)
    const key = await keyWith(permissions, [here.id])
    for (const caseId of [foreign, randomUUID()])
      expect(outcomeOf(await post(key, '/api/actions/batch', batchOn(caseId, action)))).toEqual([200, ['NoSuchCase']])
  })
})
