import { randomUUID } from 'node:crypto'
import { emptyTables, useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import type { WindowRow } from './pull-windows'
import {
  readPullCursor,
  recordWindow,
  readRevisions,
  recordConnection,
  recordPushes,
  recordPullError,
  openPullCursor,
  findStreamsRevisedWithin,
} from './pull-windows'

const db = useTestDatabase()
const NOON = Date.parse('2026-11-11T04:00:00Z')
const MINUTE = 60_000
const STORE = 3

beforeEach(async () => {
  await emptyTables(db)
  await openPullCursor(db.database, { id: STORE, org: 1 }, NOON, NOON)
})

const enter = (from: number, to: number, over: Partial<WindowRow> = {}): Promise<void> => {
  const counts = { pages: 1, claimed: 2, seen: 2, missing: 0, late: 0, extra: 0 }
  const row = { org: 1, store: STORE, from_at: from, to_at: to, ...counts, finished_at: to + 5, ...over }
  return db.database.transaction((manager) => recordWindow(manager, row))
}
const readProvenUntil = async (): Promise<number | undefined> =>
  (await readPullCursor(db.database, STORE))?.proven_until

describe('the watermark of a store', () => {
  it('begins where the store was first asked for, and is not begun again', async () => {
    await openPullCursor(db.database, { id: STORE, org: 1 }, NOON - 99 * MINUTE, NOON)
    expect(await readPullCursor(db.database, STORE)).toEqual({
      store: STORE,
      org: 1,
      opened_at: NOON,
      proven_until: NOON,
      read_until: NOON,
      pulled_at: null,
      pushed_at: null,
      trouble: null,
    })
    expect(await readPullCursor(db.database, 99)).toBeUndefined()
  })

  it.each([
    ['joins it', 0, 30, 30],
    ['overlaps it', -5, 30, 30],
    ['leaves a gap of a millisecond', 1 / MINUTE, 30, 0],
    ['ends before it', -30, -5, 0],
  ])('moves only to the end of a window that joins it: one that %s', async (_, from, to, expected) => {
    await enter(NOON + from * MINUTE, NOON + to * MINUTE)
    expect(await readProvenUntil()).toBe(NOON + expected * MINUTE)
  })

  it('moves on over a window that was read twice, and does not go back', async () => {
    await enter(NOON, NOON + 30 * MINUTE)
    await enter(NOON, NOON + 10 * MINUTE)
    expect(await readProvenUntil()).toBe(NOON + 30 * MINUTE)
  })

  it('belongs to its store alone', async () => {
    await openPullCursor(db.database, { id: 4, org: 1 }, NOON, NOON)
    await enter(NOON, NOON + MINUTE, { store: 4 })
    expect(await readProvenUntil()).toBe(NOON)
  })
})

describe('the ledger of pull windows', () => {
  it('keeps every window with what was claimed and what was seen', async () => {
    await enter(NOON, NOON + MINUTE, { pages: 3, claimed: 120, seen: 119, missing: 4, late: 2, extra: 1 })
    expect(await rowsOf(db, 'SELECT * FROM pull_window')).toEqual([
      {
        id: expect.any(Number) as number,
        org: 1,
        store: STORE,
        from_at: NOON,
        to_at: NOON + MINUTE,
        pages: 3,
        claimed: 120,
        seen: 119,
        missing: 4,
        late: 2,
        extra: 1,
        finished_at: NOON + MINUTE + 5,
        unproven: 'claimed 120, seen 119',
      },
    ])
  })

  it('says what is wrong until a window is read again', async () => {
    await recordPullError(db.database, STORE, '10019 access_token expired')
    expect(await readPullCursor(db.database, STORE)).toMatchObject({
      trouble: '10019 access_token expired',
      pulled_at: null,
    })
    await enter(NOON, NOON + MINUTE)
    expect(await readPullCursor(db.database, STORE)).toMatchObject({ trouble: null, pulled_at: NOON + MINUTE + 5 })
  })
})

describe('the last push of a store', () => {
  const notePushAt = (at: number): Promise<unknown> =>
    db.database.transaction((manager) =>
      recordPushes(manager, [
        { store: STORE, org: 1, at },
        { store: 99, org: 1, at },
      ]),
    )
  const readPushedAt = async (): Promise<number | null | undefined> =>
    (await readPullCursor(db.database, STORE))?.pushed_at

  it('is noted, to the second, and never goes back', async () => {
    await notePushAt(NOON)
    expect(await readPushedAt()).toBe(NOON)
    await notePushAt(NOON + 1_000)
    expect(await readPushedAt()).toBe(NOON)
    await notePushAt(NOON + 1_001)
    expect(await readPushedAt()).toBe(NOON + 1_001)
    await notePushAt(NOON - MINUTE)
    expect(await readPushedAt()).toBe(NOON + 1_001)
  })
})

describe('the streams of a store', () => {
  it('are found with their newest revision and its report, and by a window of revisions', async () => {
    const known = randomUUID()
    const state = { lastSeen: { observedAt: NOON + 7 } }
    const insert =
      'INSERT INTO stream (id, org, store, version, fold, revision, state) VALUES ($1, 1, $2, 1, 1, $3, $4)'
    await db.database.query(insert, [known, STORE, NOON, state])
    await db.database.query(insert, [randomUUID(), 4, NOON, state])
    expect(await readRevisions(db.database, [known, randomUUID()], ['lastSeen', 'observedAt'])).toEqual([
      { id: known, revision: NOON, reported: NOON + 7 },
    ])
    expect(await findStreamsRevisedWithin(db.database, STORE, NOON, NOON + 1)).toEqual([{ id: known, state }])
    expect(await findStreamsRevisedWithin(db.database, STORE, NOON - 1, NOON)).toEqual([])
    expect(await findStreamsRevisedWithin(db.database, STORE, NOON + 1, NOON + 2)).toEqual([])
  })
})

describe('the standing connection of an app', () => {
  it('is stored as it was last reported', async () => {
    const row = { app: 7, org: 1, connected: true, since: NOON, why: null }
    await recordConnection(db.database, row)
    await recordConnection(db.database, { ...row, connected: false, since: NOON + 1, why: 'no heartbeat' })
    expect(await rowsOf(db, 'SELECT * FROM connection')).toEqual([
      { ...row, connected: false, since: NOON + 1, why: 'no heartbeat' },
    ])
  })
})
