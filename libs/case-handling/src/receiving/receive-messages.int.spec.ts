import { MicroBatch, accept, requeueQuarantined } from '#event-store'
import type { InboundMessage } from '#connectors'
import type { TestMessage, TestShop } from '../../../../test/trade/anywhere'
import { NOON, lineUpOf, registerTestShop, inboundMessage } from '../../../../test/trade/anywhere'
import { emptyTables, useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import { FireDeadlines, FireDeadlinesHandler } from '../writing/fire-deadlines'
import { Intake } from './intake'
import { isTransient } from '../transient-errors'
import { ReceiveMessages, ReceiveMessagesHandler } from './receive-messages'
import { MessageInterpreter } from './interpret-messages'
import { CaseWriter } from '../writing/write-cases'

const db = useTestDatabase()
const HOUR = 3_600_000
/** PostgreSQL takes no such letter in a JSON, so the case cannot be written. */
const UNWRITABLE = 'a\u0000b'
let shop: TestShop
let now: number

beforeEach(async () => {
  await emptyTables(db)
  shop = await registerTestShop(db.database)
  now = NOON
})

const take = async (...messages: InboundMessage[]): Promise<void> => {
  const batch = new MicroBatch((items: Parameters<typeof accept>[1][number][]) => accept(db.database, items), {
    writers: 1,
    rows: 500,
    waiting: 500,
  })
  await new Intake(batch, shop.stores, shop.sealing, () => now).take((await shop.store()).app, messages)
}
const receiving = (writer = new CaseWriter([])): ReceiveMessagesHandler =>
  new ReceiveMessagesHandler(
    db.database,
    new MessageInterpreter(lineUpOf(), shop.stores, shop.sealing),
    writer,
    () => now,
    shop.journal,
  )
const receive = (limit = 100): Promise<number> => receiving().execute(new ReceiveMessages(limit))
const tell = (...said: TestMessage[]): Promise<void> => take(...said.map((one) => inboundMessage(one)))
const cases = async (): Promise<string[]> =>
  (await rowsOf<{ n: string }>(db, `SELECT state->>'caseNumber' AS n FROM stream ORDER BY 1`)).map(({ n }) => n)
const aside = (): Promise<unknown[]> => rowsOf(db, 'SELECT message_id AS id, reason, detail FROM quarantine ORDER BY 1')
const pending = async (): Promise<number> => (await rowsOf(db, 'SELECT 1 FROM pending')).length
const asked = (): Promise<unknown[]> => rowsOf(db, 'SELECT case_number AS n, why FROM reading ORDER BY 1')

describe('a message that is not understood', () => {
  it('A15: is quarantined and its case is read if it names one; one of an unknown shop is only quarantined', async () => {
    await tell(
      { case: '1', as: 'unintelligible-named' },
      { case: '2', order: '9', as: 'unintelligible-named', shop: 'nobody' },
      { as: 'unintelligible' },
    )
    await receive()
    expect(await aside()).toEqual([1, 2, 3].map((id) => ({ id, reason: 'unintelligible', detail: 'test message' })))
    expect(await asked()).toEqual([{ n: '1', why: 'a message that names it was not understood' }])
    expect(await cases()).toEqual([])
  })

  it('A15: has its case read after a delay where the adapter would answer the same at once', async () => {
    await tell({ case: '1', as: 'unintelligible-named' })
    const asking = lineUpOf({ ask: () => Promise.reject(new Error('not in this test')) })
    const handler = new ReceiveMessagesHandler(
      db.database,
      new MessageInterpreter(asking, shop.stores, shop.sealing),
      new CaseWriter([]),
      () => now,
      shop.journal,
    )
    await handler.execute(new ReceiveMessages(10))
    expect(await rowsOf(db, 'SELECT not_before AS at FROM reading')).toEqual([{ at: NOON + 300_000 }])
  })

  it('the end of a case of which something is still wanted has it read; an earlier stage that comes late does not', async () => {
    await tell({ case: '1', status: 'succeeded', revision: NOON, as: 'partial-final' })
    await receive()
    expect(await asked()).toEqual([{ n: '1', why: 'partial message' }])
    await db.database.query('TRUNCATE reading')
    await tell({ case: '1', status: 'refunding', revision: NOON - 1, as: 'partial' })
    await receive()
    expect(await asked()).toEqual([])
  })
})

describe('a batch of messages', () => {
  it('with one that cannot be written: that one is isolated, with class and code only, the others are processed', async () => {
    const said = Array.from({ length: 9 }, (_, i) => ({ case: String(i + 1), reason: i === 4 ? UNWRITABLE : 'fine' }))
    await tell(...said)
    const [culprit] = await rowsOf<{ id: number }>(
      db,
      'SELECT id FROM message WHERE octet_length(raw) = (SELECT max(octet_length(raw)) FROM message)',
    )
    expect(await receive()).toBe(9)
    expect(await cases()).toEqual(['1', '2', '3', '4', '6', '7', '8', '9'])
    expect(await aside()).toEqual([{ id: culprit?.id, reason: 'failed', detail: 'UnstorableLetter 22P05' }])
    expect(await pending()).toBe(0)
  })

  it('in which none can be written is quarantined one by one', async () => {
    await tell({ case: '1', reason: UNWRITABLE }, { case: '2', reason: UNWRITABLE })
    await receive()
    expect([await cases(), (await aside()).length, await pending()]).toEqual([[], 2, 0])
  })

  it('that was sealed with another key is quarantined as such', async () => {
    await tell({ case: '1' })
    await db.database.query(`UPDATE message SET raw = set_byte(raw, 20, get_byte(raw, 20) # 1)`)
    await receive()
    expect(await aside()).toEqual([{ id: 1, reason: 'failed', detail: 'Unsealable' }])
  })

  it('stays pending as a whole when the error is not in its messages', async () => {
    await tell({ case: '1' }, { case: '2' })
    const cut = new CaseWriter([
      { name: 'cut', apply: (manager) => manager.query('SELECT pg_terminate_backend(pg_backend_pid())') },
    ])
    await expect(receiving(cut).execute(new ReceiveMessages(10))).rejects.toThrow()
    expect([await cases(), await aside(), await pending()]).toEqual([[], [], 2])
    expect(await receive()).toBe(2)
    expect(await cases()).toEqual(['1', '2'])
  })

  it('is taken by several workers at once, each message once', async () => {
    await tell(
      ...Array.from({ length: 60 }, (_, i) => ({ case: String(i % 7), revision: NOON + i, reason: `said ${i}` })),
    )
    // As the loop does: trouble that passes is followed by another turn.
    const comingAgain = (error: unknown): number => (expect(isTransient(error)).toBe(true), -1)
    const worker = async (): Promise<void> => {
      for (let n = -1; n !== 0;) n = await receive(5).catch(comingAgain)
    }
    await Promise.all([worker(), worker(), worker()])
    expect([(await cases()).length, await pending(), await aside()]).toEqual([7, 0, []])
    for (const { state } of await rowsOf<{
      state: { caseNumber: string; firstReason: { text: string }; reason: { text: string } }
    }>(db, 'SELECT state FROM stream')) {
      const n = Number(state.caseNumber)
      expect([state.firstReason.text, state.reason.text]).toEqual([
        `said ${n}`,
        `said ${n + 7 * Math.floor((59 - n) / 7)}`,
      ])
    }
  })
})

describe('a message', () => {
  it('that is only a hint has the case read; a partial one, too, while the case is open', async () => {
    await tell(
      { case: '1', as: 'announcement' },
      { case: '2', as: 'partial', status: 'refunding' },
      { case: '3', as: 'partial', status: 'succeeded' },
    )
    await receive()
    expect(await asked()).toEqual([
      { n: '1', why: 'announcement' },
      { n: '2', why: 'partial message' },
    ])
    expect(await cases()).toEqual(['2', '3'])
  })

  it('that contradicts another of the same revision has the case read, by its order where it is known', async () => {
    await take(inboundMessage({ case: '1', order: '7-1', status: 'refunding' }, 'a'))
    await receive()
    now += 1
    await take(inboundMessage({ case: '1', status: 'refused' }, 'b'))
    await receive()
    expect(await rowsOf(db, 'SELECT case_number AS n, order_number AS order, why FROM reading')).toEqual([
      { n: '1', order: '7-1', why: 'conflict' },
    ])
  })

  it('leaves quarantine as soon as it can be understood', async () => {
    await tell({ case: '1', shop: '404' })
    await receive()
    expect(await aside()).toEqual([{ id: 1, reason: 'unknown-store', detail: 'no store for shop 404' }])
    await db.database.query(`UPDATE store SET shop = '404'`)
    shop.stores.invalidate()
    await requeueQuarantined(db.database, shop.org, [1])
    await receive()
    expect([await cases(), await aside()]).toEqual([['1'], []])
  })
})

describe('a deadline that passes without an action', () => {
  it('is recorded, and the marketplace is asked what it did', async () => {
    await tell({ case: '1', order: 'order-1', status: 'awaiting-merchant-decision', fen: 8900 })
    await receive()
    now += 48 * HOUR
    const firing = new FireDeadlinesHandler(db.database, new CaseWriter([]), () => now, shop.journal)
    expect([await firing.execute(new FireDeadlines(10)), await firing.execute(new FireDeadlines(10))]).toEqual([1, 0])
    expect(await rowsOf(db, 'SELECT type, message_id FROM event ORDER BY version')).toEqual([
      { type: 'CaseOpened', message_id: 1 },
      { type: 'DeadlinePassed', message_id: null },
    ])
    expect(await rowsOf(db, 'SELECT case_number, order_number, why FROM reading')).toEqual([
      { case_number: '1', order_number: 'order-1', why: 'deadline-passed' },
    ])
  })
})
