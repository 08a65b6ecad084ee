import type { Outbound, MessageSink } from '#connectors'
import { MicroBatch, accept } from '#event-store'
import type { TestShop } from '../../../../test/trade/anywhere'
import { NOON, anywhere, ctx, registerTestShop, inboundMessage } from '../../../../test/trade/anywhere'
import {
  emptyTables,
  useTestDatabase,
  rowsOf,
  beginTransaction,
  untilLockWaits,
} from '../../../../test/postgres/test-database'
import { Intake } from './intake'
import { PushListener } from './push-listener'

const db = useTestDatabase()
let shop: TestShop
beforeEach(async () => {
  await emptyTables(db)
  shop = await registerTestShop(db.database)
})

const worker = (): PushListener => {
  const batch = new MicroBatch((items: Parameters<typeof accept>[1][number][]) => accept(db.database, items), {
    writers: 1,
    rows: 500,
    waiting: 500,
  })
  const intake = new Intake(batch, shop.stores, shop.sealing, () => NOON)
  return new PushListener(db.database, shop.stores, intake, () => NOON, shop.journal)
}
const stand = async (listening: PushListener, answers: Partial<Outbound>, signal?: AbortSignal): Promise<number> =>
  listening.listenOnce((await shop.store()).app, anywhere(answers), ctx(signal))

describe('the persistent connection of an app', () => {
  it('is held by one worker; the other waits for its turn', async () => {
    const stopping = new AbortController()
    let listeners = 0
    const listen: NonNullable<Outbound['listen']> = async (_app, _sink, _notices, { signal }) => {
      listeners += 1
      expect(await stand(worker(), { listen: () => Promise.reject(new Error('a second connection')) })).toBe(0)
      stopping.abort()
      expect(signal.aborted).toBe(true)
    }
    expect(await stand(worker(), { listen }, stopping.signal)).toBe(1)
    expect(listeners).toBe(1)
    expect(await stand(worker(), { listen: () => Promise.resolve() })).toBe(1)
  })

  it('acknowledges a message only when it is durable', async () => {
    const blocking = await beginTransaction(db.database, (manager) =>
      manager.query('LOCK TABLE message IN ACCESS EXCLUSIVE MODE'),
    )
    let durable = false
    const listen: NonNullable<Outbound['listen']> = async (_app, sink: MessageSink) => {
      const taken = sink([inboundMessage({ case: '1' })]).then(() => (durable = true))
      await untilLockWaits(db.database, 1)
      expect(durable).toBe(false)
      await blocking.commit()
      await taken
    }
    await stand(worker(), { listen })
    expect(await rowsOf(db, 'SELECT channel, store FROM message')).toEqual([{ channel: 'push', store: 1 }])
  })

  it('acknowledges nothing that could not be stored', async () => {
    await db.database.query('ALTER TABLE pending RENAME TO pending_away')
    const listen: NonNullable<Outbound['listen']> = (_app, sink) => sink([inboundMessage({ case: '1' })])
    await expect(stand(worker(), { listen })).rejects.toThrow('relation "pending" does not exist')
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
    expect(await stand(worker(), answers)).toBe(1)
    await db.database.query('UPDATE store SET authorised = false')
    shop.stores.invalidate()
    await stand(worker(), answers)
    expect([shops, shop.journal.lines]).toEqual([['10437917'], ['a store could not be subscribed to pushes']])
  })

  it('is not attempted at a marketplace that has none', async () => {
    expect(await stand(worker(), {})).toBe(0)
  })
})
