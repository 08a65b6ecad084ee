import type { Stack } from '../../apps/console/test/stack'
import { openStack, waiting } from '../../apps/console/test/stack'
import type { RunningSimulator } from '../../apps/simulator/src/simulator'
import { startSimulator } from '../../apps/simulator/src/simulator'

const RETURN_URL = 'http://localhost/stores/authorised'
let stack: Stack
let simulator: RunningSimulator
beforeAll(async () => {
  simulator = await startSimulator({ seed: 'connecting', furtherShops: 1, returnUrl: RETURN_URL })
  stack = await openStack()
  stack.now = simulator.clock.now()
})
afterAll(async () => {
  await stack.close()
  await simulator.stop()
})

type Body = Readonly<Record<string, unknown>>
const post = (url: string, body: object, operator: object | string = 'lin') =>
  stack.operator.post(url, body, { operator: operator as 'lin' })
const refusalOf = async (answer: Promise<{ status: number; body: Body }>) => {
  const { status, body } = await answer
  return [status, body['code']]
}
const registrationOf = (id: string) => {
  const found = simulator.opened.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no ${id}`)
  return found.registration
}
const typedApp = (id: string) => {
  const { marketplace, appKey, appSecret, service, endpoints } = registrationOf(id)
  return { marketplace, appKey, appSecret, endpoints, ...(service === undefined ? {} : { service }) }
}
const saveApp = async (id: string): Promise<number> => {
  const { status, body } = await post('/api/apps', typedApp(id))
  expect([status, body]).toEqual([201, { app: expect.any(Number) as number }])
  return body['app'] as number
}
const begin = async (app: number, store?: string): Promise<string> => {
  const { status, body } = await post('/api/stores/authorisations', { app, ...(store === undefined ? {} : { store }) })
  expect(status).toBe(201)
  return body['url'] as string
}
/** A person chooses the n-th shop on the page that was answered; the answer is what the browser comes back with. */
const choose = async (page: string, n: number): Promise<{ state: string; code: string }> => {
  const shops = [...(await (await fetch(page)).text()).matchAll(/name="shop" value="(\d+)"/g)]
  const form = new URLSearchParams({ shop: shops[n]?.[1] ?? '', account: 'main' })
  const pressed = await fetch(page, { method: 'POST', body: form, redirect: 'manual' })
  const back = new URL(pressed.headers.get('location') ?? '')
  expect(`${back.origin}${back.pathname}`).toBe(RETURN_URL)
  return { state: back.searchParams.get('state') ?? '', code: back.searchParams.get('code') ?? '' }
}
const complete = (back: { state: string; code: string }, operator: object | string = 'lin') =>
  post('/api/stores/authorisations/complete', back, operator)
const storesNow = async () => (await stack.get('/api/stores')).body['items'] as { store: { id: string } }[]
const auditOf = async (action: string) =>
  (await stack.database.query<{ subject: string }[]>(
    'SELECT subject FROM audit_entry WHERE org = $1 AND action = $2 ORDER BY n',
    [stack.ours.org, action],
  )) as { subject: string }[]

describe.each(['pinduoduo', 'douyin'])('a store of %s', (id) => {
  let app: number
  let store: string
  beforeAll(async () => {
    app = await saveApp(id)
  })

  it('is added by the platform’s own page, with its name, sealed tokens, an audit entry; then its connection works', async () => {
    const added = await complete(await choose(await begin(app), 2))
    expect([added.status, added.body['outcome']]).toEqual([200, 'added'])
    const named = added.body['store'] as { id: string; name: string }
    store = named.id
    expect(simulator.world.shops.map(({ name }) => name)).toContain(named.name)
    expect((await storesNow()).map((one) => one.store.id)).toContain(store)
    expect((await auditOf('store.added')).at(-1)).toEqual({ subject: `store:${store}` })
    expect((await post(`/api/stores/${store}/test`, {})).body).toEqual({ result: 'works', detail: null })
  })

  it('is authorised again, but not as another one', async () => {
    const other = await choose(await begin(app, store), 0)
    expect(await refusalOf(complete(other))).toEqual([409, 'authorisation-of-another-store'])
    const again = await complete(await choose(await begin(app, store), 2))
    expect([again.body['outcome'], (again.body['store'] as { id: string }).id]).toEqual(['renewed', store])
    expect((await auditOf('store.reauthorised')).at(-1)).toEqual({ subject: `store:${store}` })
  })

  it('a state counts once', async () => {
    const back = await choose(await begin(app), 2)
    expect((await complete(back)).status).toBe(200)
    expect(await refusalOf(complete(back))).toEqual([409, 'authorisation-used'])
  })

  it('a state of another session, of another organisation, or of no one is refused; the first stays good', async () => {
    const back = await choose(await begin(app), 2)
    expect(await refusalOf(complete(back, { login: 'second-owner', role: 'owner' }))).toEqual([
      409,
      'authorisation-foreign',
    ])
    await stack.database.query(
      `INSERT INTO store_authorisation (state, org, app, session, began_at, expires_at)
       SELECT sha256('of-the-neighbour'), $1, $2, gen_random_uuid(), 0, 9999999999999 ON CONFLICT DO NOTHING`,
      [stack.theirs.org, stack.theirs.store.app.id],
    )
    expect(await refusalOf(complete({ ...back, state: 'of-the-neighbour' }))).toEqual([409, 'authorisation-unknown'])
    expect(await refusalOf(complete({ ...back, state: 'invented' }))).toEqual([409, 'authorisation-unknown'])
    expect(await refusalOf(post('/api/stores/authorisations/complete', { code: back.code }))).toEqual([
      400,
      'not-understood',
    ])
    expect((await complete(back)).status).toBe(200)
  })

  it('a state ends after a quarter of an hour', async () => {
    const back = await choose(await begin(app), 2)
    await stack.database.query('UPDATE store_authorisation SET expires_at = 1 WHERE used_at IS NULL')
    expect(await refusalOf(complete(back))).toEqual([409, 'authorisation-expired'])
  })

  it('a code that the platform does not know gives nothing, and is not quoted', async () => {
    const { state } = await choose(await begin(app), 2)
    const failed = await complete({ state, code: 'a-code-that-was-never-given' })
    expect([failed.status, failed.body['code']]).toEqual([409, 'authorisation-failed'])
    expect(JSON.stringify(failed.body)).not.toContain('a-code-that-was-never-given')
  })

  it('is paused, resumed and removed: its cases stay, nothing is accepted for them, its tokens are gone', async () => {
    const known = (await storesNow()).find((one) => one.store.id === store)
    expect(known).toMatchObject({ connection: { pausedAt: null, removedAt: null } })
    const record = { ...stack.ours.stores[0], id: Number(store), marketplace: id }
    const caseId = await stack.recordReport(record, `C-${id}`, waiting(stack.now, 100))
    const act = () =>
      stack.operator.act(caseId, { action: { name: 'add-remark', text: 'x' }, judged: '2026-11-22T04:00:00Z' })
    expect((await post(`/api/stores/${store}/pause`, {})).status).toBe(200)
    expect(await refusalOf(post(`/api/stores/${store}/pause`, {}))).toEqual([409, 'already-so'])
    expect((await storesNow()).find((one) => one.store.id === store)).toMatchObject({ state: 'paused' })
    expect(await refusalOf(act())).toEqual([409, 'store-paused'])
    expect((await post(`/api/stores/${store}/resume`, {})).status).toBe(200)
    expect(await refusalOf(act())).not.toContain('store-paused')
    expect((await post(`/api/stores/${store}/remove`, {})).status).toBe(200)
    expect((await storesNow()).find((one) => one.store.id === store)).toMatchObject({ state: 'removed' })
    expect(await refusalOf(act())).toEqual([409, 'store-removed'])
    expect((await stack.get(`/api/cases/${caseId}`)).status).toBe(200)
    expect(await refusalOf(post(`/api/stores/${store}/test`, {}))).toEqual([409, 'store-removed'])
    stack.forgetStores()
    for (const action of ['store.paused', 'store.resumed', 'store.removed'])
      expect((await auditOf(action)).at(-1)).toEqual({ subject: `store:${store}` })
  })

  it('is added again after its removal, with the cases that it had', async () => {
    const again = await complete(await choose(await begin(app), 2))
    expect([again.body['outcome'], (again.body['store'] as { id: string }).id]).toEqual(['restored', store])
    expect((await storesNow()).find((one) => one.store.id === store)).toMatchObject({
      connection: { removedAt: null, pausedAt: null },
      reading: { cases: 1 },
    })
  })
})

describe('keys that are typed', () => {
  const typed = (id: string) => {
    const [, { shop = '', accessToken = '', refreshToken = '' } = {}] = registrationOf(id).stores
    return id === 'douyin' ? { shop } : { shop, accessToken, refreshToken }
  }

  it.each(['pinduoduo', 'douyin'])('connect a store of %s once they were tried', async (id) => {
    const app = await saveApp(id)
    const added = await post('/api/stores', { app, name: '新店', ...typed(id) })
    expect([added.status, added.body['outcome']]).toEqual([201, 'added'])
    const { id: store } = added.body['store'] as { id: string }
    expect((await post(`/api/stores/${store}/test`, {})).body).toEqual({ result: 'works', detail: null })
  })

  it('that do not work are not stored', async () => {
    const app = await saveApp('pinduoduo')
    const before = (await storesNow()).length
    const refused = await post('/api/stores', {
      app,
      name: 'x',
      shop: '1',
      accessToken: 'not-a-token',
      refreshToken: 'nor-this',
    })
    expect([refused.status, refused.body['code']]).toEqual([409, 'connection-failed'])
    expect(JSON.stringify(refused.body)).not.toContain('not-a-token')
    expect(await storesNow()).toHaveLength(before)
  })

  it('are checked by the fields of the connector, each by its name and without its value', async () => {
    const app = await saveApp('pinduoduo')
    const { status, body } = await post('/api/stores', { app, name: 'x', shop: 'no digits', accessToken: 'a b' })
    expect([status, body['errors']]).toEqual([
      400,
      [
        { pointer: '#/shop', code: 'wrong-form', detail: 'has the wrong format' },
        { pointer: '#/accessToken', code: 'wrong-form', detail: 'has the wrong format' },
        { pointer: '#/refreshToken', code: 'missing', detail: 'is required' },
      ],
    ])
  })
})

describe('an app', () => {
  it.each(['http://169.254.169.254/latest', 'https://evil.example', 'http://10.0.0.1:1'])(
    'with the address %s is refused, since INSECURE_HOSTS does not name it',
    async (api) => {
      const refused = await post('/api/apps', { ...typedApp('douyin'), endpoints: { api } })
      expect([refused.status, refused.body['code']]).toEqual([400, 'address-not-allowed'])
      expect(JSON.stringify(refused.body)).not.toContain(api)
    },
  )

  it('of another organisation stays its own', async () => {
    const their = stack.theirs.store.app
    const taken = { marketplace: their.marketplace, appKey: their.appKey, appSecret: 'x' }
    expect(await refusalOf(post('/api/apps', taken))).toEqual([409, 'app-of-another-organisation'])
    expect(await refusalOf(post('/api/stores/authorisations', { app: their.id }))).toEqual([404, 'not-found'])
    expect(await refusalOf(post(`/api/stores/${stack.theirs.store.id}/remove`, {}))).toEqual([404, 'not-found'])
  })

  it('without a service id has no page', async () => {
    const { service: _, ...without } = typedApp('douyin') as ReturnType<typeof typedApp> & { service?: string }
    const saved = await post('/api/apps', { ...without, appKey: '7700', service: '0' })
    expect(await refusalOf(post('/api/stores/authorisations', { app: saved.body['app'] as number }))).toEqual([
      409,
      'no-authorisation-page',
    ])
  })
})

describe('who may', () => {
  it('a person of some stores does not add one, and sees only those', async () => {
    const limited = { login: 'limited-owner', role: 'owner', stores: [stack.ours.stores[0].id] }
    expect(await refusalOf(post('/api/apps', typedApp('douyin'), limited))).toEqual([403, 'all-stores-needed'])
    expect(await refusalOf(post('/api/stores/authorisations', { app: 1 }, limited))).toEqual([403, 'all-stores-needed'])
    expect(await refusalOf(post(`/api/stores/${stack.ours.stores[1].id}/pause`, {}, limited))).toEqual([
      404,
      'not-found',
    ])
  })

  it('an agent may not', async () => {
    const agent = { login: 'an-agent', role: 'after-sale-agent' }
    for (const url of ['/api/apps', '/api/stores/authorisations', '/api/stores', '/api/stores/1/remove'])
      expect(await refusalOf(post(url, {}, agent))).toEqual([403, 'forbidden'])
  })

  it('whoever gave no password for five minutes is asked for it', async () => {
    const app = await saveApp('douyin')
    const someone = { login: 'stale-owner', role: 'owner' }
    await stack.signedIn.headers({ login: 'stale-owner', role: 'owner' })
    await stack.database.query(
      `UPDATE session SET reauthenticated_at = 1 WHERE person = (SELECT id FROM person WHERE login = 'stale-owner')`,
    )
    for (const [url, body] of [
      ['/api/apps', typedApp('douyin')],
      ['/api/stores/authorisations', { app }],
      ['/api/stores', { app, name: 'x', shop: '1' }],
      [`/api/stores/${stack.ours.stores[0].id}/remove`, {}],
    ] as const)
      expect(await refusalOf(post(url, body, someone))).toEqual([403, 'reauthentication-required'])
  })
})
