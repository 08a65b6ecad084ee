import type { Answer, CaseReference, InboundMessage, Outbound } from '#connectors'
import { MicroBatch, accept, requestReads, openCursor } from '#event-store'
import type { TestShop } from '../../../../test/trade/anywhere'
import { NOON, ctx, lineUpOf, registerTestShop, inboundMessage } from '../../../../test/trade/anywhere'
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
  await openCursor(db.database, await shop.store(), NOON, NOON)
  now = NOON
})

const ask = (...numbers: string[]): Promise<void> =>
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
const shown = ({ caseNumber }: CaseReference): Answer<InboundMessage> => ({
  type: 'ok',
  value: inboundMessage({ case: caseNumber, revision: now }, `${caseNumber}:${now}`, 'detail'),
})
async function read(
  answer: (ref: CaseReference) => Answer<InboundMessage> | Promise<Answer<InboundMessage>>,
  limit = 64,
  more: Partial<Outbound> = {},
): Promise<number> {
  const clock = (): number => now
  const batch = new MicroBatch((items: Parameters<typeof accept>[1][number][]) => accept(db.database, items), {
    writers: 1,
    rows: 500,
    waiting: 500,
  })
  const intake = new Intake(batch, shop.stores, shop.sealing, clock)
  const lineUp = lineUpOf({ read: async (ref) => answer(ref), ...more })
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
const wanted = (): Promise<unknown[]> =>
  rowsOf(db, 'SELECT case_number AS n, (not_before - $1)::int AS ms FROM reading ORDER BY 1', [NOON])

describe('cases that are to be read', () => {
  it('are requested by number and order; the answer is stored like every message', async () => {
    await ask('1')
    const asked: CaseReference[] = []
    expect(await read((ref) => (asked.push(ref), shown(ref)))).toBe(1)
    expect(asked).toEqual([{ caseNumber: '1', orderNumber: 'order-1' }])
    expect(await rowsOf(db, 'SELECT store, channel FROM message')).toEqual([{ store: 1, channel: 'detail' }])
    expect(await wanted()).toEqual([])
  })

  it('are requested by a message where the marketplace has no call; the answer arrives as a message', async () => {
    await ask('1')
    const asked: string[] = []
    const gives = (answer: Answer<void>): Partial<Outbound> => ({
      ask: ({ case: id }) => (asked.push(id), Promise.resolve(answer)),
    })
    await read(shown, 64, gives({ type: 'try-later', afterMs: 2 * SECOND, why: 'unreached' }))
    expect(await wanted()).toEqual([{ n: '1', ms: 2 * SECOND }])
    now += 2 * SECOND
    await read(shown, 64, gives({ type: 'ok', value: undefined }))
    expect([await wanted(), await rowsOf(db, 'SELECT FROM message'), new Set(asked)]).toEqual([
      [],
      [],
      new Set([caseIdOf(1, 1, '1')]),
    ])
  })

  it('are read concurrently up to a limit, each once', async () => {
    await ask(...Array.from({ length: 50 }, (_, i) => String(i)))
    const asked: string[] = []
    let under = 0
    let most = 0
    await read(async (ref) => {
      asked.push(ref.caseNumber)
      most = Math.max(most, (under += 1))
      await rowsOf(db, 'SELECT 1')
      under -= 1
      return shown(ref)
    })
    expect([asked.length, new Set(asked).size, most]).toEqual([50, 50, 16])
  })

  it('are read again when the answer could not be stored', async () => {
    await ask('1')
    await db.database.query('ALTER TABLE pending RENAME TO pending_away')
    await expect(read(shown)).rejects.toThrow('relation "pending" does not exist')
    await db.database.query('ALTER TABLE pending_away RENAME TO pending')
    expect(await wanted()).toEqual([{ n: '1', ms: 60_000 }])
  })
})

describe('a case that the marketplace does not show now', () => {
  it('is read again at the time that the marketplace names', async () => {
    await ask('1')
    await read(() => ({ type: 'try-later', afterMs: 3 * SECOND, why: 'throttled' }))
    expect(await wanted()).toEqual([{ n: '1', ms: 3 * SECOND }])
  })

  it('is retried with growing delays, at most ten minutes', async () => {
    await ask('1')
    const waits: number[] = []
    for (let i = 0; i < 12; i++) {
      await read(() => ({ type: 'unknown', why: 'cut' }))
      const [row] = await rowsOf<{ not_before: number }>(db, 'SELECT not_before FROM reading')
      waits.push(((row?.not_before ?? 0) - now) / SECOND)
      now = row?.not_before ?? 0
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600])
  })

  it('is shown to people with code and text when the marketplace refuses', async () => {
    await ask('1')
    await read(() => ({ type: 'refused', code: '20010', text: 'no such case' }))
    expect(await rowsOf(db, 'SELECT trouble FROM pull_cursor')).toEqual([{ trouble: '20010 no such case' }])
    expect(shop.journal.lines).toEqual(['a marketplace refused to show a case'])
    expect(await wanted()).toEqual([{ n: '1', ms: 2 * SECOND }])
  })

  it('does not delay the other cases of the batch', async () => {
    await ask('1', '2', '3')
    await read((ref) => (ref.caseNumber === '2' ? { type: 'unknown', why: 'cut' } : shown(ref)))
    expect(await wanted()).toEqual([{ n: '2', ms: 2 * SECOND }])
  })
})
