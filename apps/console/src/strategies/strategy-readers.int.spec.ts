import { ROLES, roleMay, type Role } from '#access'
import type { OpenApi } from '../../test/contract'
import { headersOf } from '../../test/operator-requests'
import { HOUR, NOON, openStack, waiting, type Stack } from '../../test/stack'
import type { Requester } from '../../test/signed-in'

const SETTINGS = { reasons: ['quality'], codes: [], matchesAllConfirmed: false }
const VERDICT = {
  ...{ policy: 'returnReasonIsChosen', rules: [], outcome: 'leave', conditions: [] },
  judged: { version: 1, revision: 0, at: 0 },
}

let stack: Stack
let [here, elsewhere] = ['', '']
let [strategy, trialHere, trialOfBoth] = ['', '', '']
let [caseHere, caseElsewhere] = ['', '']
let urls: Readonly<Record<string, string>>

beforeAll(async () => {
  stack = await openStack()
  const [first, second] = stack.ours.stores
  ;[here, elsewhere] = [String(first.id), String(second.id)]
  caseHere = await stack.recordReport(first, 'H', waiting(NOON + HOUR, 100))
  caseElsewhere = await stack.recordReport(second, 'E', waiting(NOON + HOUR, 100))
  const draft = { policy: 'returnReasonIsChosen', name: '质量问题自动同意退货', settings: SETTINGS }
  strategy = String((await stack.operator.post('/api/strategies', draft)).body['id'])
  const stores = [here, elsewhere]
  await stack.operator.post(`/api/strategies/${strategy}/versions/1/arm`, { stores, mode: 'shadow' })
  const insert = async (sql: string, values: unknown[]): Promise<string> =>
    String((await stack.database.query<{ id: number }[]>(sql, values))[0]?.id)
  const trialOf = (at: readonly number[]): Promise<string> =>
    insert(
      `INSERT INTO trial (org, strategy, version, stores, from_at, to_at, started_at, state)
       VALUES ($1, $2, 1, $3, 0, 1, 0, 'failed') RETURNING id`,
      [stack.ours.org, Number(strategy), at],
    )
  trialHere = await trialOf([first.id])
  trialOfBoth = await trialOf([first.id, second.id])
  for (const [store, id] of [[first, caseHere] as const, [second, caseElsewhere] as const])
    await insert(
      `INSERT INTO shadow (stream, strategy, version, judged, org, store, verdict, recorded_at)
       VALUES ($1, $2, 1, 0, $3, $4, $5, 0) RETURNING version AS id`,
      [id, Number(strategy), stack.ours.org, store.id, VERDICT],
    )
  urls = {
    'GET /api/policies': '/api/policies',
    'GET /api/strategies': '/api/strategies',
    'GET /api/strategies/grants': '/api/strategies/grants',
    'GET /api/strategies/{id}': `/api/strategies/${strategy}`,
    'GET /api/strategies/{id}/shadow': `/api/strategies/${strategy}/shadow`,
    'GET /api/strategies/trials/{id}': `/api/strategies/trials/${trialHere}`,
    'POST /api/strategies/{id}/versions/{version}/dry-run': `/api/strategies/${strategy}/versions/1/dry-run`,
  }
})
afterAll(() => stack.close())

async function ask(operation: string, headers: Readonly<Record<string, string>>, caseId = caseHere, url?: string) {
  const method = operation.startsWith('GET') ? 'GET' : 'POST'
  const request = { method, url: url ?? urls[operation] ?? '', headers } as const
  const answer = await stack.app.inject(method === 'GET' ? request : { ...request, payload: { caseId } })
  return { status: answer.statusCode, body: answer.json<Record<string, never>>() }
}

async function outcomesFor(headers: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const outcomes: Record<string, string> = {}
  for (const operation of Object.keys(urls)) {
    const { status, body } = await ask(operation, headers)
    outcomes[operation] = status === 200 ? 'shown' : String(body['code'])
  }
  return outcomes
}
const all = (outcome: string): Record<string, string> =>
  Object.fromEntries(Object.keys(urls).map((operation) => [operation, outcome]))

async function granted(who: Requester, ...stores: string[]): Promise<Requester> {
  await stack.signedIn.headers(who)
  for (const store of stores)
    expect((await stack.operator.post('/api/strategies/grants', { account: who.login, store })).status).toBe(200)
  return who
}

describe('reading strategies (R160)', () => {
  it('is every operation that needs the permission to read them', async () => {
    const { paths } = (await stack.get('/openapi.json')).body as unknown as OpenApi
    const found = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, of]) => (of as unknown as { 'x-permission': string[] })['x-permission'].includes('strategies.read'))
        .map(([method]) => `${method.toUpperCase()} ${path}`),
    )
    expect(found.sort()).toEqual(Object.keys(urls).sort())
  })

  it.each(ROLES)('takes a grant for every operation, except of an owner: %s', async (role: Role) => {
    const without = { login: `${role}-without`, role }
    const withGrant = await granted({ login: `${role}-granted`, role }, ...(role === 'owner' ? [] : [here]))
    const mayAtAll = roleMay(role, 'strategies.read')
    expect(await outcomesFor(headersOf(without))).toEqual(
      all(role === 'owner' ? 'shown' : mayAtAll ? 'not-granted' : 'forbidden'),
    )
    expect(await outcomesFor(headersOf(withGrant))).toEqual(all(mayAtAll ? 'shown' : 'forbidden'))
  })

  it('is not for a person who was granted only stores that the person may not see', async () => {
    const limited = { login: 'limited', role: 'analyst' as const, stores: [Number(here)] }
    expect(await outcomesFor(headersOf(await granted(limited, elsewhere)))).toEqual(all('not-granted'))
  })

  it('ends with the grant, and the refusal is audited', async () => {
    const lin = await granted({ login: 'for-a-while', role: 'analyst' }, here)
    expect(await outcomesFor(headersOf(lin))).toEqual(all('shown'))
    await stack.operator.post('/api/strategies/grants/revoke', { account: lin.login, store: here })
    expect(await outcomesFor(headersOf(lin))).toEqual(all('not-granted'))
    const entries = await stack.database.query<{ subject: string; details: object }[]>(
      `SELECT subject, details FROM audit_entry JOIN person p ON actor = 'person:' || p.id
       WHERE org = $1 AND p.login = 'for-a-while' AND action = 'access.denied'`,
      [stack.ours.org],
    )
    expect(entries).toHaveLength(Object.keys(urls).length)
    for (const { details } of entries) expect(details).toEqual({ needed: ['strategy-grant'] })
  })

  it('is for the main account, which an owner names', async () => {
    const named = { login: 'main-account', role: 'after-sale-agent' as const }
    await stack.signedIn.headers(named)
    await stack.operator.put('/api/strategies/main-account', { account: named.login })
    expect(await outcomesFor(headersOf(named))).toEqual(all('shown'))
  })

  it('is for an API key with the permission, which an owner gives it', async () => {
    const keyWith = async (permission: 'strategies.read' | 'queue.read') => {
      const key = { label: permission, permissions: [permission], stores: [Number(here)] }
      const made = await stack.identity.apiKeys.create(await stack.signedIn.actor(), {
        ...key,
        expiresAt: Date.now() + HOUR,
      })
      if (made.outcome !== 'created') throw new Error(made.reason)
      return { host: 'localhost', authorization: `Bearer ${made.secret}` }
    }
    expect(await outcomesFor(await keyWith('strategies.read'))).toEqual(all('shown'))
    expect(await outcomesFor(await keyWith('queue.read'))).toEqual(all('forbidden'))
  })
})

it('a grant for one store shows the strategies at that store only', async () => {
  const headers = headersOf(await granted({ login: 'of-one-store', role: 'after-sale-agent' }, here))
  const storesIn = (items: unknown): string[] =>
    (items as { store: { id: string } }[]).map((item) => item.store.id).filter((id, n, ids) => ids.indexOf(id) === n)
  const list = (await ask('GET /api/strategies', headers)).body['items'] as unknown as { inForce: unknown }[]
  const detail = (await ask('GET /api/strategies/{id}', headers)).body
  expect(storesIn(list[0]?.inForce)).toEqual([here])
  expect(storesIn(detail['armings'])).toEqual([here])
  expect((detail['trials'] as unknown as { id: string }[]).map(({ id }) => id)).toEqual([trialHere])
  expect(storesIn((await ask('GET /api/strategies/{id}/shadow', headers)).body['items'])).toEqual([here])
  await granted({ login: 'of-the-other', role: 'analyst' }, elsewhere)
  expect(storesIn((await ask('GET /api/strategies/grants', headers)).body['items'])).toEqual([here])
  const refused = { status: 403, body: { code: 'not-granted' } }
  const dryRun = 'POST /api/strategies/{id}/versions/{version}/dry-run'
  expect(await ask(dryRun, headers, caseElsewhere)).toMatchObject(refused)
  const trial = 'GET /api/strategies/trials/{id}'
  expect(await ask(trial, headers, '', `/api/strategies/trials/${trialOfBoth}`)).toMatchObject(refused)
})
