import type { Answer, Connector, Outbound, StoreSession, Tokens } from '#connectors'
import type { TestShop } from '../../../../test/trade/anywhere'
import { anywhere, ctx, registerTestShop } from '../../../../test/trade/anywhere'
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
const NEW: Tokens = { accessToken: 'new-access', refreshToken: 'new-refresh', expiresAt: 1_794_369_600_000 }

/** A marketplace that accepts one access token, and counts how often it was asked for another. */
function guarded(refresh: (n: number, session: StoreSession) => Answer<Tokens>): {
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
const takes =
  (good: string) =>
  (session: StoreSession): Promise<Answer<string>> =>
    Promise.resolve(session.accessToken === good ? { type: 'ok', value: 'answered' } : EXPIRED)

describe('a call for a store', () => {
  it('is made with the credentials of the app and of the store', async () => {
    const { connector } = guarded(() => EXPIRED)
    const seen: StoreSession[] = []
    await sessions().withSession(
      store,
      connector,
      ctx(),
      (session) => (seen.push(session), Promise.resolve({ type: 'ok', value: 1 })),
    )
    expect(seen).toEqual([
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

  it('that meets an expired token refreshes it once and is repeated once', async () => {
    const { connector, refreshes } = guarded(() => ({ type: 'ok', value: NEW }))
    expect(await sessions().withSession(store, connector, ctx(), takes('new-access'))).toEqual({
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

  it('waits when the new token is not accepted either, and does not refresh again', async () => {
    const { connector, refreshes } = guarded(() => ({ type: 'ok', value: NEW }))
    expect(await sessions().withSession(store, connector, ctx(), takes('yet another'))).toEqual({
      type: 'try-later',
      afterMs: 5_000,
      why: 'the new token is not accepted yet',
    })
    expect(refreshes).toHaveLength(1)
  })

  it('A18: waits a minute when the refresh gives the rejected token again, and says so', async () => {
    const same = { ...NEW, accessToken: store.accessToken, refreshToken: store.refreshToken }
    const { connector, refreshes } = guarded(() => ({ type: 'ok', value: same }))
    expect(await sessions().withSession(store, connector, ctx(), takes('yet another'))).toEqual({
      type: 'try-later',
      afterMs: 60_000,
      why: 'the refresh returned the same token, which is not accepted',
    })
    expect(refreshes).toHaveLength(1)
  })

  it('uses the token that another process has refreshed in the meantime', async () => {
    const { connector, refreshes } = guarded(() => ({ type: 'ok', value: NEW }))
    await shop.stores.renewTokens(store, NEW)
    expect(await sessions().withSession(store, connector, ctx(), takes('new-access'))).toMatchObject({ type: 'ok' })
    expect(refreshes).toEqual([])
  })
})

describe('64 calls that meet one expired token', () => {
  it.each([1, 3])('in %i processes, cause one refresh and are all answered', async (processes) => {
    const { connector, refreshes } = guarded(() => ({ type: 'ok', value: NEW }))
    const speakers = Array.from({ length: processes }, sessions)
    const calls = Array.from({ length: 64 }, (_, i) =>
      (speakers[i % processes] as Sessions).withSession(store, connector, ctx(), takes('new-access')),
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
    const { connector } = guarded(() => answer)
    expect(await sessions().withSession(store, connector, ctx(), takes('new-access'))).toEqual({
      type: 'reauthorise',
      code: '50',
      text: 'no such token',
    })
    expect(await shop.store()).toMatchObject({ authorised: false, accessToken: 'old-access' })
  })

  it('loses its authorisation without a refresh when the call itself requires it', async () => {
    const { connector, refreshes } = guarded(() => ({ type: 'ok', value: NEW }))
    const gone = { type: 'reauthorise', code: '1', text: 'gone' } as const
    expect(await sessions().withSession(store, connector, ctx(), () => Promise.resolve(gone))).toEqual(gone)
    expect([refreshes, (await shop.store()).authorised]).toEqual([[], false])
  })

  it('loses its authorisation when the new token is not accepted either', async () => {
    const { connector } = guarded(() => ({ type: 'ok', value: NEW }))
    const gone = { type: 'reauthorise', code: '1', text: 'gone' } as const
    const call = ({ accessToken }: StoreSession): Promise<Answer<string>> =>
      Promise.resolve(accessToken === 'old-access' ? EXPIRED : gone)
    expect(await sessions().withSession(store, connector, ctx(), call)).toEqual(gone)
    expect((await shop.store()).authorised).toBe(false)
  })

  it.each<[string, Answer<Tokens>]>([
    ['is busy', { type: 'try-later', afterMs: 300, why: 'busy' }],
    ['cannot be understood', { type: 'unknown', why: 'cut' }],
  ])('keeps its authorisation while the marketplace %s', async (_, answer) => {
    const { connector } = guarded(() => answer)
    expect(await sessions().withSession(store, connector, ctx(), takes('new-access'))).toEqual(answer)
    expect((await shop.store()).authorised).toBe(true)
    const next = guarded(() => ({ type: 'ok', value: NEW }))
    expect(await sessions().withSession(store, next.connector, ctx(), takes('new-access'))).toMatchObject({
      type: 'ok',
    })
  })
})

it('a call that waits for a refresh elsewhere ends when the process stops', async () => {
  await db.database.query(
    `INSERT INTO lease VALUES ($1, 'another process', 1, clock_timestamp() + interval '1 hour')`,
    [`refresh/${store.id}`],
  )
  const { connector, refreshes } = guarded(() => ({ type: 'ok', value: NEW }))
  const stopping = new AbortController()
  const call = sessions().withSession(store, connector, ctx(stopping.signal), takes('new-access'))
  stopping.abort(new Error('stopping'))
  await expect(call).rejects.toThrow('stopping')
  expect(refreshes).toEqual([])
})
