import type { Answer, CaseReference, InboundMessage, Outbound } from '#connectors'
import { MicroBatch, acceptMessages, requestReads, openPullCursor } from '#event-store'
import type { TestShop } from '../../../../test/support/anywhere-marketplace'
import { NOON, ctx, lineUpOf, registerTestShop, inboundMessage } from '../../../../test/support/anywhere-marketplace'
import { emptyTables, useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import { caseIdOf } from '../writing/case-id'
import { Intake } from '../receiving/intake'
import { ReadCases, ReadCasesHandler } from './read-cases'
import { Sessions } from './sessions'

const db = useTestDatabase()
const SECOND = 1_000
let shop: TestShop
let now: number

beforeEach(async () => {
  await emptyTables(db)
  shop = await registerTestShop(db.database)
  await openPullCursor(db.database, await shop.store(), NOON, NOON)
  now = NOON
})

const requestReading = (...numbers: string[]): Promise<void> =>
  db.database.transaction((manager) =>
    requestReads(
      manager,
      numbers.map((n) => ({
        stream: caseIdOf(1, 1, n),
        org: 1,
        store: 1,
        case_number: n,
        order_number: `order-${n}`,
        why: 'hint',
      })),
      now,
    ),
  )
const showCase = ({ caseNumber }: CaseReference): Answer<InboundMessage> => ({
  type: 'ok',
  value: inboundMessage({ case: caseNumber, revision: now }, `${caseNumber}:${now}`, 'detail'),
})
async function runReadCases(
  answer: (reference: CaseReference) => Answer<InboundMessage> | Promise<Answer<InboundMessage>>,
  limit = 64,
  otherCalls: Partial<Outbound> = {},
): Promise<number> {
  const clock = (): number => now
  const batch = new MicroBatch(
    (items: Parameters<typeof acceptMessages>[1][number][]) => acceptMessages(db.database, items),
    {
      writers: 1,
      rows: 500,
      waiting: 500,
    },
  )
  const intake = new Intake(batch, shop.stores, shop.sealing, clock)
  const lineUp = lineUpOf({ read: async (reference) => answer(reference), ...otherCalls })
  const handler = new ReadCasesHandler(
    db.database,
    lineUp,
    new Sessions(db.database, shop.stores),
    intake,
    clock,
    shop.journal,
  )
  return handler.execute(new ReadCases(await shop.store(), limit, ctx()))
}
const pendingReads = (): Promise<unknown[]> =>
  rowsOf(db, 'SELECT case_number AS n, (not_before - $1)::int AS ms FROM reading ORDER BY 1', [NOON])

describe('cases with a requested reading', () => {
  it('are requested by number and order; the answer is stored like every message', async () => {
    await requestReading('1')
    const requested: CaseReference[] = []
    expect(await runReadCases((reference) => (requested.push(reference), showCase(reference)))).toBe(1)
    expect(requested).toEqual([{ caseNumber: '1', orderNumber: 'order-1' }])
    expect(await rowsOf(db, 'SELECT store, channel FROM message')).toEqual([{ store: 1, channel: 'detail' }])
    expect(await pendingReads()).toEqual([])
  })

  it('are requested by a message where the marketplace has no call; the answer arrives as a message', async () => {
    await requestReading('1')
    const requested: string[] = []
    const askAnswering = (answer: Answer<void>): Partial<Outbound> => ({
      requestCase: ({ case: id }) => (requested.push(id), Promise.resolve(answer)),
    })
    await runReadCases(showCase, 64, askAnswering({ type: 'try-later', afterMs: 2 * SECOND, why: 'unreached' }))
    expect(await pendingReads()).toEqual([{ n: '1', ms: 2 * SECOND }])
    now += 2 * SECOND
    await runReadCases(showCase, 64, askAnswering({ type: 'ok', value: undefined }))
    expect([await pendingReads(), await rowsOf(db, 'SELECT FROM message'), new Set(requested)]).toEqual([
      [],
      [],
      new Set([caseIdOf(1, 1, '1')]),
    ])
  })

  it('are read concurrently up to a limit, each once', async () => {
    await requestReading(...Array.from({ length: 50 }, (_, i) => String(i)))
    const requested: string[] = []
    let running = 0
    let mostRunning = 0
    let release = (): void => undefined
    const sixteenRunning = new Promise<void>((resolve) => (release = resolve))
    await runReadCases(async (reference) => {
      requested.push(reference.caseNumber)
      mostRunning = Math.max(mostRunning, (running += 1))
      // The first ones wait for each other, however long each took to begin.
      if (running === 16) release()
      await sixteenRunning
      running -= 1
      return showCase(reference)
    })
    expect([requested.length, new Set(requested).size, mostRunning]).toEqual([50, 50, 16])
  })

  it('are read again when the answer could not be stored', async () => {
    await requestReading('1')
    await db.database.query('ALTER TABLE pending RENAME TO pending_away')
    await expect(runReadCases(showCase)).rejects.toThrow('relation "pending" does not exist')
    await db.database.query('ALTER TABLE pending_away RENAME TO pending')
    expect(await pendingReads()).toEqual([{ n: '1', ms: 60_000 }])
  })
})

describe('a case that the marketplace does not show now', () => {
  it('is no trouble where people have just paused its store: nothing was asked, and it is due again soon', async () => {
    await requestReading('1')
    // Not invalidated: the worker's cache still shows the store as it was.
    await shop.store()
    await db.database.query('UPDATE store SET paused_at = 1')
    await runReadCases(() => Promise.reject(new Error('called')))
    expect(await pendingReads()).toEqual([{ n: '1', ms: 5 * SECOND }])
    expect(await rowsOf(db, 'SELECT attempts, failing_since, failure_kind FROM reading')).toEqual([
      { attempts: 0, failing_since: null, failure_kind: null },
    ])
    expect(await rowsOf(db, 'SELECT trouble FROM pull_cursor')).toEqual([{ trouble: null }])
    expect(shop.journal.lines).toEqual([])
  })

  it('is read again at the time that the marketplace names', async () => {
    await requestReading('1')
    await runReadCases(() => ({ type: 'try-later', afterMs: 3 * SECOND, why: 'throttled' }))
    expect(await pendingReads()).toEqual([{ n: '1', ms: 3 * SECOND }])
  })

  it('is retried with growing delays, at most ten minutes', async () => {
    await requestReading('1')
    const delays: number[] = []
    for (let i = 0; i < 12; i++) {
      await runReadCases(() => ({ type: 'unknown', why: 'cut' }))
      const [row] = await rowsOf<{ not_before: number }>(db, 'SELECT not_before FROM reading')
      delays.push(((row?.not_before ?? 0) - now) / SECOND)
      now = row?.not_before ?? 0
    }
    expect(delays).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600])
  })

  it('is shown to people with code and text when the marketplace refuses', async () => {
    await requestReading('1')
    await runReadCases(() => ({ type: 'refused', code: '20010', text: 'no such case' }))
    expect(await rowsOf(db, 'SELECT trouble FROM pull_cursor')).toEqual([{ trouble: '20010 no such case' }])
    expect(shop.journal.lines).toEqual(['a marketplace refused to show a case'])
    expect(await pendingReads()).toEqual([{ n: '1', ms: 2 * SECOND }])
  })

  it('does not delay the other cases of the batch', async () => {
    await requestReading('1', '2', '3')
    await runReadCases((reference) =>
      reference.caseNumber === '2' ? { type: 'unknown', why: 'cut' } : showCase(reference),
    )
    expect(await pendingReads()).toEqual([{ n: '2', ms: 2 * SECOND }])
  })
})
