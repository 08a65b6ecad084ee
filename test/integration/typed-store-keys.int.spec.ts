import type { Stack } from '../../apps/console/test/stack'
import type { ConnectingFixture } from '../support/connecting-stores'
import { openConnecting, refusalOf } from '../support/connecting-stores'

let fixture: ConnectingFixture
let stack: Stack
beforeAll(async () => {
  fixture = await openConnecting()
  ;({ stack } = fixture)
})
afterAll(() => fixture.close())

const post: ConnectingFixture['post'] = (...request) => fixture.post(...request)
const storesNow = () => fixture.storesNow()
const saveApp = (id: string) => fixture.saveApp(id)
const typedApp = (id: string) => fixture.typedApp(id)
const registrationOf = (id: string) => fixture.registrationOf(id)

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

  it('of another store are refused; what was given for that one is kept where it is connected', async () => {
    const app = await saveApp('pinduoduo')
    const [first, second] = registrationOf('pinduoduo').stores
    const connected = await post('/api/stores', { app, name: '新店', ...typed('pinduoduo') })
    const { id: store } = connected.body['store'] as { id: string }
    await fetch(`${fixture.simulator.control.url}/control/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"tokensExpireInSeconds":0}',
    })
    const before = (await storesNow()).length
    const { accessToken = '', refreshToken = '' } = second ?? {}
    const mixedUp = { app, name: 'x', shop: first?.shop, accessToken, refreshToken }
    expect(await refusalOf(post('/api/stores', mixedUp))).toEqual([409, 'authorisation-of-another-store'])
    expect(await storesNow()).toHaveLength(before)
    expect((await post(`/api/stores/${store}/test`, {})).body).toEqual({ result: 'works', detail: null })
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

  it('a person without a password for five minutes is asked for it', async () => {
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
