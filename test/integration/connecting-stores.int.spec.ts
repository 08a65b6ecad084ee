import type { Stack } from '../../apps/console/test/stack'
import { waiting } from '../../apps/console/test/stack'
import type { ConnectingFixture } from '../support/connecting-stores'
import { chooseShop as choose, openConnecting, refusalOf } from '../support/connecting-stores'

let fixture: ConnectingFixture
let stack: Stack
beforeAll(async () => {
  fixture = await openConnecting()
  ;({ stack } = fixture)
})
afterAll(() => fixture.close())

const post: ConnectingFixture['post'] = (...request) => fixture.post(...request)
const storesNow = () => fixture.storesNow()
const begin = async (app: number, store?: string): Promise<string> => {
  const { status, body } = await post('/api/stores/authorisations', { app, ...(store === undefined ? {} : { store }) })
  expect(status).toBe(201)
  return body['url'] as string
}
const complete = (back: { state: string; code: string }, operator: object | string = 'lin') =>
  post('/api/stores/authorisations/complete', back, operator)
const auditOf = async (action: string) =>
  (await stack.database.query<{ subject: string }[]>(
    'SELECT subject FROM audit_entry WHERE org = $1 AND action = $2 ORDER BY n',
    [stack.ours.org, action],
  )) as { subject: string }[]

describe.each(['pinduoduo', 'douyin'])('a store of %s', (id) => {
  let app: number
  let store: string
  beforeAll(async () => {
    app = await fixture.saveApp(id)
  })

  it('is added by the platform’s own page, with its name, sealed tokens, an audit entry; then its connection works', async () => {
    const added = await complete(await choose(await begin(app), 2))
    expect([added.status, added.body['outcome']]).toEqual([200, 'added'])
    const named = added.body['store'] as { id: string; name: string }
    store = named.id
    expect(fixture.simulator.world.shops.map(({ name }) => name)).toContain(named.name)
    expect((await storesNow()).map((one) => one.store.id)).toContain(store)
    expect((await auditOf('store.added')).at(-1)).toEqual({ subject: `store:${store}` })
    expect((await post(`/api/stores/${store}/test`, {})).body).toEqual({ result: 'works', detail: null })
  })

  it('is authorised again, but not as another one', async () => {
    const connected = (await complete(await choose(await begin(app), 0))).body['store'] as { id: string }
    const other = await choose(await begin(app, store), 0)
    expect(await refusalOf(complete(other))).toEqual([409, 'authorisation-of-another-store'])
    // The exchange may have voided what the other one had: it is connected, and goes on with the new tokens.
    expect((await auditOf('store.reauthorised')).at(-1)).toEqual({ subject: `store:${connected.id}` })
    stack.forgetStores()
    expect((await post(`/api/stores/${connected.id}/test`, {})).body).toEqual({ result: 'works', detail: null })
    expect((await post(`/api/stores/${store}/test`, {})).body).toEqual({ result: 'works', detail: null })
    const again = await complete(await choose(await begin(app, store), 2))
    expect([again.body['outcome'], (again.body['store'] as { id: string }).id]).toEqual(['renewed', store])
    expect((await auditOf('store.reauthorised')).at(-1)).toEqual({ subject: `store:${store}` })
  })

  it('stores nothing of another one that is not connected', async () => {
    const before = await storesNow()
    expect(await refusalOf(complete(await choose(await begin(app, store), 1)))).toEqual([
      409,
      'authorisation-of-another-store',
    ])
    expect(await storesNow()).toEqual(before)
  })

  it('keeps its name when it is authorised or added again, and the answer has that name', async () => {
    await stack.database.query('UPDATE store SET name = $2 WHERE id = $1', [store, 'Our own name'])
    const added = await complete(await choose(await begin(app), 2))
    expect(added.body['store']).toEqual({ id: store, name: 'Our own name' })
    stack.forgetStores()
    expect((await storesNow()).find((one) => one.store.id === store)?.store).toEqual({
      id: store,
      name: 'Our own name',
    })
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
