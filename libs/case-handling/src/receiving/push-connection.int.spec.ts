import type { Outbound, MessageSink } from '#connectors'
import { MicroBatch, acceptMessages } from '#event-store'
import type { TestShop } from '../../../../test/support/anywhere-marketplace'
import { NOON, anywhere, ctx, registerTestShop, inboundMessage } from '../../../../test/support/anywhere-marketplace'
import {
  emptyTables,
  useTestDatabase,
  rowsOf,
  beginTransaction,
  untilLockWaits,
} from '../../../../test/postgres/test-database'
import { Intake } from './intake'
import { PushConnection } from './push-connection'

const db = useTestDatabase()
let shop: TestShop
beforeEach(async () => {
  await emptyTables(db)
  shop = await registerTestShop(db.database)
})

const connectionOfWorker = (timings?: { followMs: number; retryMs: number }): PushConnection => {
  const batch = new MicroBatch(
    (items: Parameters<typeof acceptMessages>[1][number][]) => acceptMessages(db.database, items),
    {
      writers: 1,
      rows: 500,
      waiting: 500,
    },
  )
  const intake = new Intake(batch, shop.stores, shop.sealing, () => NOON)
  return new PushConnection(db.database, shop.stores, intake, () => NOON, shop.journal, timings)
}
const listenWith = async (
  listening: PushConnection,
  answers: Partial<Outbound>,
  signal?: AbortSignal,
): Promise<number> => listening.tryListen((await shop.store()).app, anywhere(answers), ctx(signal))

describe('the persistent connection of an app', () => {
  it('is held by one worker; another one gets it when the first is stopped', async () => {
    const stopping = new AbortController()
    let listeners = 0
    const listen: NonNullable<Outbound['listen']> = async (_app, _sink, _notices, { signal }) => {
      listeners += 1
      expect(
        await listenWith(connectionOfWorker(), { listen: () => Promise.reject(new Error('a second connection')) }),
      ).toBe(0)
      stopping.abort()
      expect(signal.aborted).toBe(true)
    }
    expect(await listenWith(connectionOfWorker(), { listen }, stopping.signal)).toBe(1)
    expect(listeners).toBe(1)
    expect(await listenWith(connectionOfWorker(), { listen: () => Promise.resolve() })).toBe(1)
  })

  it('acknowledges a message only when it is durable', async () => {
    const blocking = await beginTransaction(db.database, (manager) =>
      manager.query('LOCK TABLE message IN ACCESS EXCLUSIVE MODE'),
    )
    let durable = false
    const listen: NonNullable<Outbound['listen']> = async (_app, sink: MessageSink) => {
      const acknowledged = sink([inboundMessage({ case: '1' })]).then(() => (durable = true))
      await untilLockWaits(db.database, 1)
      expect(durable).toBe(false)
      await blocking.commit()
      await acknowledged
    }
    await listenWith(connectionOfWorker(), { listen })
    expect(await rowsOf(db, 'SELECT channel, store FROM message')).toEqual([{ channel: 'push', store: 1 }])
  })

  it('acknowledges nothing that could not be stored', async () => {
    await db.database.query('ALTER TABLE pending RENAME TO pending_away')
    const listen: NonNullable<Outbound['listen']> = (_app, sink) => sink([inboundMessage({ case: '1' })])
    await expect(listenWith(connectionOfWorker(), { listen })).rejects.toThrow('relation "pending" does not exist')
    await db.database.query('ALTER TABLE pending_away RENAME TO pending')
  })

  it('subscribes to the pushes of every authorised store, and listens even if one subscription is refused', async () => {
    const shops: string[] = []
    const answers: Partial<Outbound> = {
      subscribe: ({ shop: number }) => (
        shops.push(number),
        Promise.resolve({ type: 'refused', code: '1', text: 'no' })
      ),
      listen: () => Promise.resolve(),
    }
    expect(await listenWith(connectionOfWorker(), answers)).toBe(1)
    await db.database.query('UPDATE store SET authorised = false')
    shop.stores.invalidate()
    await listenWith(connectionOfWorker(), answers)
    expect([shops, shop.journal.lines]).toEqual([['10437917'], ['a store could not be subscribed to pushes']])
  })

  it('subscribes a store that is authorised again while the connection is up', async () => {
    const shops: string[] = []
    let end: () => void = () => undefined
    const twice = new Promise<void>((resolve) => (end = resolve))
    const answers: Partial<Outbound> = {
      subscribe: ({ shop: number }) => {
        shops.push(number)
        if (shops.length === 1) end()
        return Promise.resolve({ type: 'ok', value: undefined })
      },
      listen: async () => {
        expect(shops).toEqual([])
        await db.database.query('UPDATE store SET authorised = true')
        shop.stores.invalidate()
        await twice
      },
    }
    await db.database.query('UPDATE store SET authorised = false')
    shop.stores.invalidate()
    expect(await listenWith(connectionOfWorker(), answers)).toBe(1)
    expect(shops).toEqual(['10437917'])
  })

  it('repeats a subscription that failed, after a pause, with one line in the journal a failure', async () => {
    let end: () => void = () => undefined
    const subscribed = new Promise<void>((resolve) => (end = resolve))
    let calls = 0
    const answers: Partial<Outbound> = {
      subscribe: () => {
        calls += 1
        if (calls === 1) return Promise.reject(new Error('no connection'))
        if (calls === 2) return Promise.resolve({ type: 'refused', code: '1', text: 'no' })
        end()
        return Promise.resolve({ type: 'ok', value: undefined })
      },
      listen: () => subscribed,
    }
    expect(await listenWith(connectionOfWorker({ followMs: 1, retryMs: 0 }), answers)).toBe(1)
    expect([calls, shop.journal.lines]).toEqual([
      3,
      ['a store could not be subscribed to pushes', 'a store could not be subscribed to pushes'],
    ])
  })

  it('subscribes a store again once it has other tokens, and not while it has the same', async () => {
    const tokens: string[] = []
    let end: () => void = () => undefined
    const secondTime = new Promise<void>((resolve) => (end = resolve))
    const answers: Partial<Outbound> = {
      subscribe: ({ accessToken }) => {
        tokens.push(accessToken)
        if (tokens.length === 2) end()
        return Promise.resolve({ type: 'ok', value: undefined })
      },
      listen: async () => {
        await shop.stores.renewTokens(await shop.store(), {
          accessToken: 'access-2',
          refreshToken: 'refresh-2',
          expiresAt: undefined,
        })
        await secondTime
      },
    }
    const { accessToken } = await shop.store()
    await listenWith(connectionOfWorker({ followMs: 1, retryMs: 0 }), answers)
    expect(tokens).toEqual([accessToken, 'access-2'])
  })

  it('keeps no push for a store that was removed', async () => {
    await db.database.query('UPDATE store SET removed_at = 1')
    shop.stores.invalidate()
    const listen: NonNullable<Outbound['listen']> = (_app, sink) => sink([inboundMessage({ case: '1' })])
    await listenWith(connectionOfWorker(), { listen })
    expect(await rowsOf(db, 'SELECT id FROM message')).toEqual([])
  })

  it('is not attempted at a marketplace without persistent connections', async () => {
    expect(await listenWith(connectionOfWorker(), {})).toBe(0)
  })
})
