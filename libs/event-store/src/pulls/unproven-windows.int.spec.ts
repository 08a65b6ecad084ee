import { emptyTables, useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import type { WindowRow } from './pull-windows'
import { readPullCursor, recordWindow, openPullCursor } from './pull-windows'
import { findDueUnprovenWindow, postponeUnprovenWindow } from './unproven-windows'

const db = useTestDatabase()
const NOON = Date.parse('2026-11-11T04:00:00Z')
const MINUTE = 60_000
const SECOND = 1_000
const STORE = 3
const LONGEST_WINDOW_MS = 30 * MINUTE

beforeEach(async () => {
  await emptyTables(db)
  await openPullCursor(db.database, { id: STORE, org: 1 }, NOON, NOON)
})

const COMPLETE = { claimed: 2, seen: 2 }
const INCOMPLETE = { claimed: 2, seen: 0 }
/** Enters a window; `from` and `to` are minutes from noon, and the window is finished at its end. */
const enter = (from: number, to: number, over: Partial<WindowRow>): Promise<void> => {
  const counts = { pages: 1, claimed: 0, seen: 0, missing: 0, late: 0, extra: 0 }
  const at = { from_at: NOON + from * MINUTE, to_at: NOON + to * MINUTE, finished_at: NOON + to * MINUTE }
  return db.database.transaction((manager) =>
    recordWindow(manager, { org: 1, store: STORE, ...counts, ...at, ...over }, LONGEST_WINDOW_MS),
  )
}
const readProgress = async () => {
  const cursor = await readPullCursor(db.database, STORE)
  const spans = await rowsOf<{ from_at: number; to_at: number }>(db, 'SELECT * FROM unproven_window ORDER BY from_at')
  const minutes = (at: number): number => (at - NOON) / MINUTE
  return {
    proven: minutes(cursor?.proven_until ?? 0),
    read: minutes(cursor?.read_until ?? 0),
    unproven: spans.map(({ from_at, to_at }) => [minutes(from_at), minutes(to_at)]),
  }
}

describe('the watermark of a store with unproven windows (fault A1)', () => {
  it.each<[string, Partial<WindowRow>]>([
    ['claims more than it shows', { claimed: 2, seen: 1 }],
    ['shows more than it claims', { claimed: 1, seen: 2 }],
    ['claims nothing that can be read', { claimed: null, seen: 0 }],
    ['agrees in numbers and contradicts itself', { claimed: 2, seen: 2, unproven: '1 row names no case' }],
    ['claims more than a number of ours can be', { claimed: 10 ** 15, seen: 2 ** 31 - 2 }],
  ])('does not move over a window that %s', async (_, counts) => {
    await enter(0, 10, counts)
    expect(await readProgress()).toEqual({ proven: 0, read: 10, unproven: [[0, 10]] })
  })

  it('does not move over what is unproven before it, and over all at once when that is proved', async () => {
    await enter(0, 10, INCOMPLETE)
    await enter(5, 20, COMPLETE)
    await enter(15, 30, COMPLETE)
    expect(await readProgress()).toEqual({ proven: 0, read: 30, unproven: [[0, 5]] })
    await enter(0, 5, COMPLETE)
    expect(await readProgress()).toEqual({ proven: 30, read: 30, unproven: [] })
  })

  it('moves as far as the next that is unproven', async () => {
    await enter(0, 10, INCOMPLETE)
    await enter(10, 20, COMPLETE)
    await enter(20, 30, INCOMPLETE)
    await enter(0, 10, COMPLETE)
    expect(await readProgress()).toEqual({ proven: 20, read: 30, unproven: [[20, 30]] })
  })

  it('does not move over a time that was left out', async () => {
    await enter(5, 10, COMPLETE)
    expect(await readProgress()).toEqual({ proven: 0, read: 10, unproven: [[0, 5]] })
    await enter(0, 12, COMPLETE)
    expect(await readProgress()).toEqual({ proven: 12, read: 12, unproven: [] })
  })
})

describe('an unproven window', () => {
  it('is joined with the next up to the longest window of the marketplace', async () => {
    for (let minute = 0; minute < 50; minute += 10) await enter(minute, minute + 10, INCOMPLETE)
    expect((await readProgress()).unproven).toEqual([
      [0, 30],
      [30, 50],
    ])
  })

  it('is read again from where it is not proved', async () => {
    await enter(0, 10, INCOMPLETE)
    await db.database.query('UPDATE unproven_window SET to_at = $1', [NOON + 60 * MINUTE])
    await enter(0, 30, COMPLETE)
    expect((await readProgress()).unproven).toEqual([[30, 60]])
    expect(await findDueUnprovenWindow(db.database, STORE, NOON)).toMatchObject({
      from_at: NOON + 30 * MINUTE,
      attempts: 0,
    })
  })

  it('is read again after growing delays of at most ten minutes, also where it could not be read at all', async () => {
    await enter(0, 10, INCOMPLETE)
    const waits: number[] = []
    let now = NOON + 10 * MINUTE
    for (let i = 0; i < 10; i++) {
      const [row] = await rowsOf<{ not_before: number }>(db, 'SELECT not_before FROM unproven_window')
      waits.push(((row?.not_before ?? 0) - now) / SECOND)
      now = row?.not_before ?? 0
      expect(await findDueUnprovenWindow(db.database, STORE, now - 1)).toBeUndefined()
      const due = await findDueUnprovenWindow(db.database, STORE, now)
      if (due === undefined) throw new Error('nothing is due')
      if (i === 4) await postponeUnprovenWindow(db.database, due, 'no answer', now)
      else await enter(0, 10, { ...INCOMPLETE, finished_at: now })
    }
    expect(waits).toEqual([5, 20, 40, 80, 160, 320, 600, 600, 600, 600])
  })

  it('grows instead of a new row, once its store has five hundred', async () => {
    await db.database.query(
      `INSERT INTO unproven_window (org, store, from_at, to_at, seen, why, since, tried_at)
       SELECT 1, $1, $2::bigint + i * 60000, $2::bigint + i * 60000 + 1000, 0, 'short', 0, 0 FROM generate_series(0, 499) i`,
      [STORE, NOON],
    )
    await db.database.query('UPDATE pull_cursor SET read_until = $1', [NOON + 600 * MINUTE])
    await enter(600, 630, INCOMPLETE)
    const { unproven, read } = await readProgress()
    expect([unproven.length, unproven.at(-1), read]).toEqual([500, [499, 630], 630])
  })
})
