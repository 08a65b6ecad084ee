import type { Answer, Connector, Outbound, StoreSession, Tokens } from '#connectors'
import type { TestShop } from '../../../../test/support/anywhere-marketplace'
import { anywhere, ctx, registerTestShop } from '../../../../test/support/anywhere-marketplace'
import { emptyTables, useTestDatabase } from '../../../../test/postgres/test-database'
import type { StoreRecord } from '../ports'
import { Sessions } from './sessions'

const db = useTestDatabase(16)
let shop: TestShop
let store: StoreRecord

beforeEach(async () => {
  await emptyTables(db)
  shop = await registerTestShop(db.database)
  store = await shop.store()
})

const sessions = (): Sessions => new Sessions(db.database, shop.stores)
const EXPIRED = { type: 'token-expired' } as const
const NEW_TOKENS: Tokens = { accessToken: 'new-access', refreshToken: 'new-refresh', expiresAt: 1_794_369_600_000 }

/** A connector with this refresh; `refreshes` lists the refresh tokens that it was called with. */
function connectorRefreshing(refresh: (n: number, session: StoreSession) => Answer<Tokens>): {
  connector: Connector
  refreshes: string[]
} {
  const refreshes: string[] = []
  const answers: Partial<Outbound> = {
    refresh: (session) => {
      refreshes.push(session.refreshToken)
      return Promise.resolve(refresh(refreshes.length, session))
    },
  }
  return { connector: anywhere(answers), refreshes }
}
const callAccepting =
  (acceptedToken: string) =>
  (session: StoreSession): Promise<Answer<string>> =>
    Promise.resolve(session.accessToken === acceptedToken ? { type: 'ok', value: 'answered' } : EXPIRED)

describe('a call for a store', () => {
  it.each([
    ['paused', 'paused_at'],
    ['removed', 'removed_at'],
  ])('is not made once people have %s it, however fresh the cache is', async (what, column) => {
    const { connector } = connectorRefreshing(() => EXPIRED)
    await db.database.query(
      column === 'paused_at' ? 'UPDATE store SET paused_at = 1' : 'UPDATE store SET removed_at = 1',
    )
    const unexpected = (): Promise<never> => Promise.reject(new Error('called'))
    expect(await sessions().withSession(store, connector, ctx(), unexpected)).toEqual({
      type: 'refused',
      code: `ours:store-${what}`,
      text: '',
    })
  })

  it('is not repeated with the refreshed token where people have paused its store during the refresh', async () => {
    const { connector } = connectorRefreshing(() => ({ type: 'ok', value: NEW_TOKENS }))
    const calls: string[] = []
    const expiring = async ({ accessToken }: StoreSession): Promise<Answer<string>> => {
      calls.push(accessToken)
      await db.database.query('UPDATE store SET paused_at = 1')
      return EXPIRED
    }
    expect(await sessions().withSession(store, connector, ctx(), expiring)).toEqual({
      type: 'refused',
      code: 'ours:store-paused',
      text: '',
    })
    expect(calls).toEqual(['old-access'])
  })

  it('with tokens that a person has replaced meanwhile ends no authorisation', async () => {
    const { connector } = connectorRefreshing(() => EXPIRED)
    const late = async (): Promise<Answer<string>> => {
      await shop.stores.renewTokens(await shop.store(), NEW_TOKENS)
      return { type: 'reauthorise', code: '10014', text: 'voided' }
    }
    expect(await sessions().withSession(store, connector, ctx(), late)).toMatchObject({ type: 'try-later' })
    expect(await shop.store()).toMatchObject({ authorised: true, accessToken: 'new-access' })
  })

  it.each<[string, Answer<Tokens>]>([
    ['gives tokens', { type: 'ok', value: NEW_TOKENS }],
    ['is refused', { type: 'refused', code: '50', text: 'no such token' }],
    ['says to authorise again', { type: 'reauthorise', code: '50', text: 'no such token' }],
  ])('undoes no authorisation that a person gave while the refresh was under way, which %s', async (_, answer) => {
    const authorised = { accessToken: 'access-of-person', refreshToken: 'refresh-of-person' }
    const refresh = async (): Promise<Answer<Tokens>> => {
      await shop.stores.renewTokens(await shop.store(), { ...authorised, expiresAt: undefined })
      return answer
    }
    const withSession = sessions().withSession(store, anywhere({ refresh }), ctx(), callAccepting('access-of-person'))
    expect(await withSession).toMatchObject({ type: 'try-later', afterMs: 1_000 })
    expect(await shop.store()).toMatchObject({ ...authorised, authorised: true })
  })

  it('leaves a store removed, and its tokens destroyed, that a person removed while the refresh was under way', async () => {
    const refresh = async (): Promise<Answer<Tokens>> => {
      await db.database.query('UPDATE store SET removed_at = 1, authorised = false')
      return { type: 'ok', value: NEW_TOKENS }
    }
    const withSession = sessions().withSession(store, anywhere({ refresh }), ctx(), callAccepting('new-access'))
    expect(await withSession).toMatchObject({ type: 'try-later', afterMs: 1_000 })
    shop.stores.invalidate()
    expect(await shop.store()).toMatchObject({ accessToken: 'old-access', authorised: false, removedAt: 1 })
  })

  it('is made with the credentials of the app and of the store', async () => {
    const { connector } = connectorRefreshing(() => EXPIRED)
    const seenSessions: StoreSession[] = []
    await sessions().withSession(
      store,
      connector,
      ctx(),
      (session) => (seenSessions.push(session), Promise.resolve({ type: 'ok', value: 1 })),
    )
    expect(seenSessions).toEqual([
      {
        appKey: 'app-1',
        appSecret: 'secret',
        endpoints: {},
        shop: '10437917',
        accessToken: 'old-access',
        refreshToken: 'old-refresh',
      },
    ])
  })

  it('refreshes an expired token once and is repeated once', async () => {
    const { connector, refreshes } = connectorRefreshing(() => ({ type: 'ok', value: NEW_TOKENS }))
    expect(await sessions().withSession(store, connector, ctx(), callAccepting('new-access'))).toEqual({
      type: 'ok',
      value: 'answered',
    })
    expect(refreshes).toEqual(['old-refresh'])
    expect(await shop.store()).toMatchObject({
      accessToken: 'new-access',
      refreshToken: 'new-refresh',
      authorised: true,
    })
  })

  it('is retried later when the new token is not accepted either, without another refresh', async () => {
    const { connector, refreshes } = connectorRefreshing(() => ({ type: 'ok', value: NEW_TOKENS }))
    expect(await sessions().withSession(store, connector, ctx(), callAccepting('yet another'))).toEqual({
      type: 'try-later',
      afterMs: 5_000,
      why: 'the new token is not accepted yet',
    })
    expect(refreshes).toHaveLength(1)
  })

  it('is retried after a minute, with the reason, when the refresh returns the rejected token (fault A18)', async () => {
    const same = { ...NEW_TOKENS, accessToken: store.accessToken, refreshToken: store.refreshToken }
    const { connector, refreshes } = connectorRefreshing(() => ({ type: 'ok', value: same }))
    expect(await sessions().withSession(store, connector, ctx(), callAccepting('yet another'))).toEqual({
      type: 'try-later',
      afterMs: 60_000,
      why: 'the refresh returned the same token, which is not accepted',
    })
    expect(refreshes).toHaveLength(1)
  })

  it('uses the token that another process has refreshed in the meantime', async () => {
    const { connector, refreshes } = connectorRefreshing(() => ({ type: 'ok', value: NEW_TOKENS }))
    await shop.stores.renewTokens(store, NEW_TOKENS)
    expect(await sessions().withSession(store, connector, ctx(), callAccepting('new-access'))).toMatchObject({
      type: 'ok',
    })
    expect(refreshes).toEqual([])
  })
})

describe('64 calls with the same expired token', () => {
  it.each([1, 3])('cause one refresh and are all answered, made by %i processes', async (processes) => {
    const { connector, refreshes } = connectorRefreshing(() => ({ type: 'ok', value: NEW_TOKENS }))
    const sessionsOfProcesses = Array.from({ length: processes }, sessions)
    const calls = Array.from({ length: 64 }, (_, i) =>
      (sessionsOfProcesses[i % processes] as Sessions).withSession(
        store,
        connector,
        ctx(),
        callAccepting('new-access'),
      ),
    )
    expect(new Set((await Promise.all(calls)).map(({ type }) => type))).toEqual(new Set(['ok']))
    expect(refreshes).toEqual(['old-refresh'])
  })
})

describe('a store whose tokens are no longer accepted', () => {
  it.each<[string, Answer<Tokens>]>([
    ['refused', { type: 'refused', code: '50', text: 'no such token' }],
    ['to be authorised again', { type: 'reauthorise', code: '50', text: 'no such token' }],
  ])('loses its authorisation when the refresh is answered: %s', async (_, answer) => {
    const { connector } = connectorRefreshing(() => answer)
    expect(await sessions().withSession(store, connector, ctx(), callAccepting('new-access'))).toEqual({
      type: 'reauthorise',
      code: '50',
      text: 'no such token',
    })
    expect(await shop.store()).toMatchObject({ authorised: false, accessToken: 'old-access' })
  })

  it('loses its authorisation without a refresh when the call itself requires it', async () => {
    const { connector, refreshes } = connectorRefreshing(() => ({ type: 'ok', value: NEW_TOKENS }))
    const unauthorised = { type: 'reauthorise', code: '1', text: 'gone' } as const
    expect(await sessions().withSession(store, connector, ctx(), () => Promise.resolve(unauthorised))).toEqual(
      unauthorised,
    )
    expect([refreshes, (await shop.store()).authorised]).toEqual([[], false])
  })

  it('loses its authorisation when the new token is not accepted either', async () => {
    const { connector } = connectorRefreshing(() => ({ type: 'ok', value: NEW_TOKENS }))
    const unauthorised = { type: 'reauthorise', code: '1', text: 'gone' } as const
    const call = ({ accessToken }: StoreSession): Promise<Answer<string>> =>
      Promise.resolve(accessToken === 'old-access' ? EXPIRED : unauthorised)
    expect(await sessions().withSession(store, connector, ctx(), call)).toEqual(unauthorised)
    expect((await shop.store()).authorised).toBe(false)
  })

  it.each<[string, Answer<Tokens>]>([
    ['is busy', { type: 'try-later', afterMs: 300, why: 'busy' }],
    ['cannot be understood', { type: 'unknown', why: 'cut' }],
  ])('keeps its authorisation while the marketplace %s', async (_, answer) => {
    const { connector } = connectorRefreshing(() => answer)
    expect(await sessions().withSession(store, connector, ctx(), callAccepting('new-access'))).toEqual(answer)
    expect((await shop.store()).authorised).toBe(true)
    const next = connectorRefreshing(() => ({ type: 'ok', value: NEW_TOKENS }))
    expect(await sessions().withSession(store, next.connector, ctx(), callAccepting('new-access'))).toMatchObject({
      type: 'ok',
    })
  })
})

it('a call that waits for a refresh elsewhere ends when the process stops', async () => {
  await db.database.query(
    `INSERT INTO lease VALUES ($1, 'another process', 1, clock_timestamp() + interval '1 hour')`,
    [`refresh/${store.id}`],
  )
  const { connector, refreshes } = connectorRefreshing(() => ({ type: 'ok', value: NEW_TOKENS }))
  const stopping = new AbortController()
  const call = sessions().withSession(store, connector, ctx(stopping.signal), callAccepting('new-access'))
  stopping.abort(new Error('stopping'))
  await expect(call).rejects.toThrow('stopping')
  expect(refreshes).toEqual([])
})
