import type { Answer, Outbound, Window, PulledWindow } from '#connectors'
import { MicroBatch, acceptMessages } from '#event-store'
import type { TestMessage, TestShop } from '../../../../test/support/anywhere-marketplace'
import {
  MINUTE,
  NOON,
  ctx,
  lineUpOf,
  registerTestShop,
  inboundMessage,
} from '../../../../test/support/anywhere-marketplace'
import { emptyTables, useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import { Intake } from '../receiving/intake'
import type { LineUp } from '../ports'
import { PullStore, PullStoreHandler } from './pull-store'
import { Sessions } from './sessions'

const db = useTestDatabase()
let shop: TestShop
let now: number
let windows: Window[]
/** The marketplace's answer to the n-th call; an empty list where none is set. */
let answers: Map<number, Answer<PulledWindow>>

beforeEach(async () => {
  await emptyTables(db)
  shop = await registerTestShop(db.database)
  now = NOON
  windows = []
  answers = new Map()
})

const listAnswer = (...rows: TestMessage[]): Answer<PulledWindow> => ({
  type: 'ok',
  value: {
    messages: rows.map((row) => inboundMessage(row, JSON.stringify(row), 'list')),
    pages: 1,
    claimed: rows.length,
    seen: rows.length,
    cases: rows.map((row) => ({ caseNumber: row.case ?? '', revision: row.revision ?? 0 })),
  },
})

async function pull(
  backfillMs = 2 * MINUTE,
  signal?: AbortSignal,
  marketplace = 'anywhere',
  lineUp = lineUpOf,
): Promise<number> {
  const outbound: Partial<Outbound> = {
    pull: (window) => {
      windows.push(window)
      return Promise.resolve(answers.get(windows.length) ?? listAnswer())
    },
  }
  const clock = (): number => now
  const intake = new Intake(
    new MicroBatch((items) => acceptMessages(db.database, items), { writers: 1, rows: 500, waiting: 500 }),
    shop.stores,
    shop.sealing,
    clock,
  )
  const sessions = new Sessions(db.database, shop.stores)
  const handler = new PullStoreHandler(db.database, lineUp(outbound), sessions, intake, clock, shop.journal)
  return handler.execute(new PullStore({ ...(await shop.store()), marketplace }, backfillMs, ctx(signal)))
}
const windowMinutes = (): [number, number][] =>
  windows.map(({ from, to }) => [(from - NOON) / MINUTE, (to - NOON) / MINUTE])
const readCursor = async (): Promise<{ proven: number; trouble: string | null }> => {
  const [row] = await rowsOf<{ proven_until: number; trouble: string | null }>(db, 'SELECT * FROM pull_cursor')
  return { proven: ((row?.proven_until ?? 0) - NOON) / MINUTE, trouble: row?.trouble ?? null }
}
const countRows = async (table: 'message' | 'pull_window'): Promise<number> =>
  (await rowsOf<{ n: number }>(db, `SELECT count(*)::int AS n FROM ${table}`))[0]?.n ?? -1

describe('the windows of a store', () => {
  it('start where the backfill starts, overlap, join, and end just before now', async () => {
    await pull(70 * MINUTE)
    expect(windowMinutes()).toEqual([
      [-75, -45],
      [-50, -20],
      [-25, -1],
    ])
    expect(await readCursor()).toEqual({ proven: -1, trouble: null })
  })

  it('do not exist where a marketplace has no list; the proven range starts anyway, and grows with declarations', async () => {
    const withoutList = (answers: Partial<Outbound> = {}): LineUp =>
      lineUpOf(answers).map(({ outbound: { pulling: _, ...outbound }, ...connector }) => ({ ...connector, outbound }))
    await pull(10 * MINUTE, undefined, 'anywhere', withoutList)
    expect([windowMinutes(), await readCursor()]).toEqual([[], { proven: -10, trouble: null }])
  })

  it('continue from what is proven, also in a process that was started later', async () => {
    await pull()
    now += 10 * MINUTE
    await pull(999 * MINUTE)
    expect(windowMinutes()).toEqual([
      [-7, -1],
      [-6, 9],
    ])
  })

  it('are not read when everything is proven', async () => {
    await pull()
    expect([await pull(), windows.length]).toEqual([0, 1])
  })

  it('are read up to a limit per run, so that a long outage is caught up in steps', async () => {
    expect(await pull(10_000 * MINUTE)).toBe(24)
    expect(await pull(10_000 * MINUTE)).toBe(24)
    expect(windows).toHaveLength(48)
    for (const [i, { from }] of windows.entries()) if (i > 0) expect(from).toBeLessThan((windows[i - 1] as Window).to)
  })

  it('are not read by a process that is stopping, or from an unknown marketplace', async () => {
    expect(await pull(2 * MINUTE, AbortSignal.abort())).toBe(0)
    expect(await pull(2 * MINUTE, undefined, 'nowhere')).toBe(0)
    expect(windows).toEqual([])
  })
})

describe('a window', () => {
  it('is recorded with its claimed, seen and missing rows once its messages are durable', async () => {
    await pull()
    now += 10 * MINUTE
    answers.set(2, listAnswer({ case: '1', revision: NOON }, { case: '2', revision: NOON + MINUTE }))
    await pull()
    const columns = 'org, store, pages, claimed, seen, missing, late, extra, finished_at'
    expect(await rowsOf(db, `SELECT ${columns} FROM pull_window ORDER BY id OFFSET 1`)).toEqual([
      { org: 1, store: 1, pages: 1, claimed: 2, seen: 2, missing: 2, late: 0, extra: 0, finished_at: now },
    ])
    expect(await rowsOf(db, 'SELECT store, channel, received_at FROM message')).toEqual([
      { store: 1, channel: 'list', received_at: now },
      { store: 1, channel: 'list', received_at: now },
    ])
  })

  it.each<[string, Answer<PulledWindow>, string]>([
    ['could not be read', { type: 'unknown', why: 'cut' }, 'cut'],
    ['was refused', { type: 'refused', code: '30001', text: 'bad window' }, '30001 bad window'],
    ['must wait', { type: 'try-later', afterMs: 5, why: 'throttled' }, 'throttled'],
  ])('is retried when it %s, and no later window is read until it succeeds', async (_, answer, trouble) => {
    answers.set(2, answer)
    expect(await pull(70 * MINUTE)).toBe(1)
    expect([await readCursor(), await countRows('pull_window')]).toEqual([{ proven: -45, trouble }, 1])
    expect(shop.journal.lines).toEqual(['a window could not be read and will be retried'])
    await pull(70 * MINUTE)
    expect(windowMinutes()).toEqual([
      [-75, -45],
      [-50, -20],
      [-50, -20],
      [-25, -1],
    ])
    expect(await readCursor()).toEqual({ proven: -1, trouble: null })
  })

  it('is not recorded when its messages cannot be stored: the proven range stays', async () => {
    answers.set(1, listAnswer({ case: '1', revision: NOON }))
    await db.database.query('ALTER TABLE pending RENAME TO pending_away')
    await expect(pull()).rejects.toThrow('relation "pending" does not exist')
    await db.database.query('ALTER TABLE pending_away RENAME TO pending')
    expect([await readCursor(), await countRows('pull_window'), await countRows('message')]).toEqual([
      { proven: -2, trouble: null },
      0,
      0,
    ])
  })

  it('is stored as a whole even with more rows than the batch accepts from pushes', async () => {
    answers.set(1, listAnswer(...Array.from({ length: 600 }, (_, i) => ({ case: String(i + 1), revision: NOON }))))
    await pull()
    expect([await countRows('message'), await readCursor()]).toEqual([600, { proven: -1, trouble: null }])
  })

  it('stores a row once that the overlap shows again', async () => {
    const row = { case: '1', revision: NOON - 2 * MINUTE }
    answers.set(1, listAnswer(row)).set(2, listAnswer(row))
    await pull()
    now += 10 * MINUTE
    await pull()
    expect(await countRows('message')).toBe(1)
  })
})

it('a store that people have just paused is in no trouble, and its unproven windows wait no longer', async () => {
  answers.set(1, {
    type: 'ok',
    value: { messages: [], pages: 1, claimed: 2, seen: 1, cases: [] },
  })
  await pull()
  const unproven = (): Promise<unknown[]> => rowsOf(db, 'SELECT why, attempts, not_before FROM unproven_window')
  const before = await unproven()
  expect(before).toHaveLength(1)
  now += 10 * MINUTE
  // Not invalidated: the worker's cache still shows the store as it was.
  await db.database.query('UPDATE store SET paused_at = 1')
  shop.journal.lines.length = 0
  await pull()
  expect([await unproven(), windows.length, (await readCursor()).trouble, shop.journal.lines]).toEqual([
    before,
    1,
    null,
    [],
  ])
})
