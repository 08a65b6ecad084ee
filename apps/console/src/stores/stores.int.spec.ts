import { recordWindow, recordConnection, recordPushes, openPullCursor } from '#event-store'
import { NOON, openStack, type Stack } from '../../test/stack'

const MINUTE = 60_000

describe('how fresh a store is', () => {
  let stack: Stack
  beforeAll(async () => {
    stack = await openStack()
    const [first] = stack.ours.stores
    const { database } = stack
    await openPullCursor(database, first, NOON - 30 * MINUTE, NOON)
    const window = { org: first.org, store: first.id, pages: 1, claimed: 9, seen: 9, missing: 2, late: 1, extra: 0 }
    await recordWindow(database.manager, {
      ...window,
      from_at: NOON - 30 * MINUTE,
      to_at: NOON - MINUTE,
      finished_at: NOON - MINUTE / 2,
    })
    await recordPushes(database.manager, [{ store: first.id, org: first.org, at: NOON - 5_000 }])
    await recordConnection(database, {
      app: first.app.id,
      org: first.org,
      connected: true,
      since: NOON - MINUTE,
      why: null,
    })
    await stack.message(first, 'push', '{}')
    await stack.message(first, 'list', '{}')
  })
  afterAll(() => stack.close())

  const stores = async (): Promise<Record<string, unknown>[]> =>
    (await stack.get('/api/stores')).body.items as Record<string, unknown>[]

  it('is proven until its last window; what pushes missed is summed up; a store that was never pulled is blind', async () => {
    const [first, second] = stack.ours.stores
    expect(await stores()).toEqual([
      {
        store: { id: String(first.id), name: 'Shop 100' },
        marketplace: first.marketplace,
        state: 'fresh',
        provenUntil: '2026-11-22T03:59:00.000Z',
        lastPushAt: '2026-11-22T03:59:55.000Z',
        lastPullAt: '2026-11-22T03:59:30.000Z',
        pushes24h: 1,
        late: 1,
        missing: 2,
        extra: 0,
        trouble: null,
        unproven: null,
        unread: { cases: 0, since: null },
        messages: { connected: true, since: '2026-11-22T03:59:00.000Z' },
        reading: { from: '2026-11-22T03:30:00.000Z', until: '2026-11-22T03:59:00.000Z', cases: 0 },
        connection: { app: first.app.id, authorisedUntil: null, pausedAt: null, removedAt: null },
      },
      {
        store: { id: String(second.id), name: 'Shop 200' },
        marketplace: second.marketplace,
        state: 'blind',
        provenUntil: null,
        lastPushAt: null,
        lastPullAt: null,
        pushes24h: 0,
        late: 0,
        missing: 0,
        extra: 0,
        trouble: null,
        unproven: null,
        unread: { cases: 0, since: null },
        messages: null,
        reading: { from: null, until: null, cases: 0 },
        connection: { app: second.app.id, authorisedUntil: null, pausedAt: null, removedAt: null },
      },
    ])
  })

  it('falls behind, then blind, as time goes by without proof; a lost authorisation comes before both', async () => {
    stack.now = NOON + 2 * MINUTE
    expect((await stores())[0]).toMatchObject({ state: 'behind' })
    stack.now = NOON + 30 * MINUTE
    expect((await stores())[0]).toMatchObject({ state: 'blind' })
    await stack.database.query('UPDATE store SET authorised = false WHERE id = $1', [stack.ours.stores[0].id])
    stack.forgetStores()
    expect((await stores())[0]).toMatchObject({ state: 'reauthorise' })
  })
})
