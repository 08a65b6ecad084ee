import { MicroBatch, acceptMessages, requeueQuarantined } from '#event-store'
import type { InboundMessage } from '#connectors'
import type { TestMessage, TestShop } from '../../../../test/support/anywhere-marketplace'
import { NOON, lineUpOf, registerTestShop, inboundMessage } from '../../../../test/support/anywhere-marketplace'
import { emptyTables, useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import { FireDeadlines, FireDeadlinesHandler } from '../writing/fire-deadlines'
import { Intake } from './intake'
import { isTransient } from '../transient-errors'
import { ReceiveMessages, ReceiveMessagesHandler } from './receive-messages'
import { MessageInterpreter } from './interpret-messages'
import { CaseWriter } from '../writing/case-writer'

const db = useTestDatabase()
const HOUR = 3_600_000
/** PostgreSQL stores no U+0000 in JSON, so a case with this text cannot be written. */
const UNWRITABLE = 'a\u0000b'
let shop: TestShop
let now: number

beforeEach(async () => {
  await emptyTables(db)
  shop = await registerTestShop(db.database)
  now = NOON
})

const storeMessages = async (...messages: InboundMessage[]): Promise<void> => {
  const batch = new MicroBatch(
    (items: Parameters<typeof acceptMessages>[1][number][]) => acceptMessages(db.database, items),
    {
      writers: 1,
      rows: 500,
      waiting: 500,
    },
  )
  await new Intake(batch, shop.stores, shop.sealing, () => now).storeMessages((await shop.store()).app, messages)
}
const receiveHandler = (writer = new CaseWriter([])): ReceiveMessagesHandler =>
  new ReceiveMessagesHandler(
    db.database,
    new MessageInterpreter(lineUpOf(), shop.stores, shop.sealing),
    writer,
    () => now,
    shop.journal,
  )
const receive = (limit = 100): Promise<number> => receiveHandler().execute(new ReceiveMessages(limit))
const storeReports = (...contents: TestMessage[]): Promise<void> =>
  storeMessages(...contents.map((content) => inboundMessage(content)))
const caseNumbers = async (): Promise<string[]> =>
  (await rowsOf<{ n: string }>(db, `SELECT state->>'caseNumber' AS n FROM stream ORDER BY 1`)).map(({ n }) => n)
const quarantined = (): Promise<unknown[]> =>
  rowsOf(db, 'SELECT message_id AS id, reason, detail FROM quarantine ORDER BY 1')
const pending = async (): Promise<number> => (await rowsOf(db, 'SELECT 1 FROM pending')).length
const requestedReads = (): Promise<unknown[]> => rowsOf(db, 'SELECT case_number AS n, why FROM reading ORDER BY 1')

describe('a message that is not understood', () => {
  it('is quarantined, and its case is read if it names one of a known shop (fault A15)', async () => {
    await storeReports(
      { case: '1', as: 'unintelligible-named' },
      { case: '2', order: '9', as: 'unintelligible-named', shop: 'nobody' },
      { as: 'unintelligible' },
    )
    await receive()
    expect(await quarantined()).toEqual(
      [1, 2, 3].map((id) => ({ id, reason: 'unintelligible', detail: 'test message' })),
    )
    expect(await requestedReads()).toEqual([{ n: '1', why: 'a message that names it was not understood' }])
    expect(await caseNumbers()).toEqual([])
  })

  it('has its case read only after a delay if an adapter would send the same report at once (fault A15)', async () => {
    await storeReports({ case: '1', as: 'unintelligible-named' })
    const lineUp = lineUpOf({ requestCase: () => Promise.reject(new Error('not in this test')) })
    const handler = new ReceiveMessagesHandler(
      db.database,
      new MessageInterpreter(lineUp, shop.stores, shop.sealing),
      new CaseWriter([]),
      () => now,
      shop.journal,
    )
    await handler.execute(new ReceiveMessages(10))
    expect(await rowsOf(db, 'SELECT not_before AS at FROM reading')).toEqual([{ at: NOON + 300_000 }])
  })

  it('has its case read if it reports the end and more is wanted, but not if it is a late report of an earlier stage', async () => {
    await storeReports({ case: '1', status: 'succeeded', revision: NOON, as: 'partial-final' })
    await receive()
    expect(await requestedReads()).toEqual([{ n: '1', why: 'partial message' }])
    await db.database.query('TRUNCATE reading')
    await storeReports({ case: '1', status: 'refunding', revision: NOON - 1, as: 'partial' })
    await receive()
    expect(await requestedReads()).toEqual([])
  })
})

describe('a batch of messages', () => {
  it('is processed except for one that cannot be written, which is quarantined with class and code of the error only', async () => {
    const contents = Array.from({ length: 9 }, (_, i) => ({
      case: String(i + 1),
      reason: i === 4 ? UNWRITABLE : 'fine',
    }))
    await storeReports(...contents)
    const [unwritable] = await rowsOf<{ id: number }>(
      db,
      'SELECT id FROM message WHERE octet_length(raw) = (SELECT max(octet_length(raw)) FROM message)',
    )
    expect(await receive()).toBe(9)
    expect(await caseNumbers()).toEqual(['1', '2', '3', '4', '6', '7', '8', '9'])
    expect(await quarantined()).toEqual([{ id: unwritable?.id, reason: 'failed', detail: 'UnstorableLetter 22P05' }])
    expect(await pending()).toBe(0)
  })

  it('is quarantined message by message if none can be written', async () => {
    await storeReports({ case: '1', reason: UNWRITABLE }, { case: '2', reason: UNWRITABLE })
    await receive()
    expect([await caseNumbers(), (await quarantined()).length, await pending()]).toEqual([[], 2, 0])
  })

  it('is quarantined with the reason if it was changed after sealing', async () => {
    await storeReports({ case: '1' })
    await db.database.query(`UPDATE message SET raw = set_byte(raw, 20, get_byte(raw, 20) # 1)`)
    await receive()
    expect(await quarantined()).toEqual([{ id: 1, reason: 'failed', detail: 'Unsealable' }])
  })

  it('stays pending as a whole when the error is not in its messages', async () => {
    await storeReports({ case: '1' }, { case: '2' })
    const disconnecting = new CaseWriter([
      { name: 'cut', apply: (manager) => manager.query('SELECT pg_terminate_backend(pg_backend_pid())') },
    ])
    await expect(receiveHandler(disconnecting).execute(new ReceiveMessages(10))).rejects.toThrow()
    expect([await caseNumbers(), await quarantined(), await pending()]).toEqual([[], [], 2])
    expect(await receive()).toBe(2)
    expect(await caseNumbers()).toEqual(['1', '2'])
  })

  it('is shared by several workers, which process each message once', async () => {
    await storeReports(
      ...Array.from({ length: 60 }, (_, i) => ({ case: String(i % 7), revision: NOON + i, reason: `said ${i}` })),
    )
    // As the loop does: a transient error is followed by another attempt.
    const retryAfter = (error: unknown): number => (expect(isTransient(error)).toBe(true), -1)
    const worker = async (): Promise<void> => {
      for (let received = -1; received !== 0;) received = await receive(5).catch(retryAfter)
    }
    await Promise.all([worker(), worker(), worker()])
    expect([(await caseNumbers()).length, await pending(), await quarantined()]).toEqual([7, 0, []])
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
  it('has its case read if it is only a hint, or partial and the case is open', async () => {
    await storeReports(
      { case: '1', as: 'announcement' },
      { case: '2', as: 'partial', status: 'refunding' },
      { case: '3', as: 'partial', status: 'succeeded' },
    )
    await receive()
    expect(await requestedReads()).toEqual([
      { n: '1', why: 'announcement' },
      { n: '2', why: 'partial message' },
    ])
    expect(await caseNumbers()).toEqual(['2', '3'])
  })

  it('has its case read, with the order number if known, when it contradicts another of the same revision', async () => {
    await storeMessages(inboundMessage({ case: '1', order: '7-1', status: 'refunding' }, 'a'))
    await receive()
    now += 1
    await storeMessages(inboundMessage({ case: '1', status: 'refused' }, 'b'))
    await receive()
    expect(await rowsOf(db, 'SELECT case_number AS n, order_number AS order, why FROM reading')).toEqual([
      { n: '1', order: '7-1', why: 'conflict' },
    ])
  })

  it('leaves quarantine as soon as it can be understood', async () => {
    await storeReports({ case: '1', shop: '404' })
    await receive()
    expect(await quarantined()).toEqual([{ id: 1, reason: 'unknown-store', detail: 'no store for shop 404' }])
    await db.database.query(`UPDATE store SET shop = '404'`)
    shop.stores.invalidate()
    await requeueQuarantined(db.database, shop.org, [1])
    await receive()
    expect([await caseNumbers(), await quarantined()]).toEqual([['1'], []])
  })
})

describe('a deadline that passes without an action', () => {
  it('is recorded, and the marketplace is asked what it did', async () => {
    await storeReports({ case: '1', order: 'order-1', status: 'awaiting-merchant-decision', fen: 8900 })
    await receive()
    now += 48 * HOUR
    const fireDeadlinesHandler = new FireDeadlinesHandler(db.database, new CaseWriter([]), () => now, shop.journal)
    expect([
      await fireDeadlinesHandler.execute(new FireDeadlines(10)),
      await fireDeadlinesHandler.execute(new FireDeadlines(10)),
    ]).toEqual([1, 0])
    expect(await rowsOf(db, 'SELECT type, message_id FROM event ORDER BY version')).toEqual([
      { type: 'CaseOpened', message_id: 1 },
      { type: 'DeadlinePassed', message_id: null },
    ])
    expect(await rowsOf(db, 'SELECT case_number, order_number, why FROM reading')).toEqual([
      { case_number: '1', order_number: 'order-1', why: 'deadline-passed' },
    ])
  })
})
