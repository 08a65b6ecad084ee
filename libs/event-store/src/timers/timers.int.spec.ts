import { randomUUID } from 'node:crypto'
import { emptyTables, useTestDatabase, rowsOf, beginTransaction } from '../../../../test/postgres/test-database'
import type { FiredTimer, TimerRow } from './timers'
import { claimDueTimers, readNextDueTime, writeTimers } from './timers'

const db = useTestDatabase()
const NOON = Date.parse('2026-11-11T04:00:00Z')
const HOUR = 3_600_000

beforeEach(() => emptyTables(db))

const insertStream = async (): Promise<string> => {
  const id = randomUUID()
  await rowsOf(
    db,
    `INSERT INTO stream (id, org, store, version, fold, revision, state) VALUES ($1, 1, 3, 4, 1, 0, '{"a": 1}')`,
    [id],
  )
  return id
}
const timer = (stream: string, due_at: number, kind = 'SELLER_RESPONSE'): TimerRow => ({ stream, kind, org: 1, due_at })
const write = (removed: readonly TimerRow[], set: readonly TimerRow[]): Promise<void> =>
  db.database.transaction((manager) => writeTimers(manager, removed, set))
const claimAt = (now: number, limit = 10): Promise<FiredTimer<unknown>[]> =>
  db.database.transaction((manager) => claimDueTimers(manager, now, limit))
const readTimers = (): Promise<unknown[]> => rowsOf(db, 'SELECT stream, kind, org, due_at FROM timer ORDER BY due_at')

describe('a timer', () => {
  it('fires at its time, not a millisecond early, with its stream, and once', async () => {
    const id = await insertStream()
    await write([], [timer(id, NOON)])
    expect(await claimAt(NOON - 1)).toEqual([])
    expect(await claimAt(NOON)).toEqual([
      { id, org: 1, store: 3, version: 4, fold: 1, state: { a: 1 }, kind: 'SELLER_RESPONSE', due: NOON },
    ])
    expect(await claimAt(NOON)).toEqual([])
  })

  it('fires only at the new time after it was moved', async () => {
    const id = await insertStream()
    await write([], [timer(id, NOON)])
    await write([], [timer(id, NOON + HOUR)])
    expect(await claimAt(NOON)).toEqual([])
    expect((await claimAt(NOON + HOUR)).map(({ due }) => due)).toEqual([NOON + HOUR])
  })

  it('never fires after it was removed; other timers of its case do', async () => {
    const id = await insertStream()
    await write([], [timer(id, NOON), timer(id, NOON, 'EVIDENCE')])
    await write([timer(id, NOON)], [])
    expect((await claimAt(NOON + HOUR)).map(({ kind }) => kind)).toEqual(['EVIDENCE'])
  })

  it('is due again when the transaction that claimed it is rolled back', async () => {
    const id = await insertStream()
    await write([], [timer(id, NOON)])
    const failed = await beginTransaction(db.database, (manager) => claimDueTimers(manager, NOON, 10))
    await failed.rollBack()
    expect(await claimAt(NOON)).toEqual(failed.value)
  })
})

describe('due timers', () => {
  it('are claimed earliest first, up to the limit', async () => {
    const ids = [await insertStream(), await insertStream(), await insertStream()]
    await write(
      [],
      ids.map((id, i) => timer(id, NOON - i)),
    )
    expect((await claimAt(NOON, 2)).map(({ id }) => id).sort()).toEqual([ids[2], ids[1]].sort())
    expect(await readTimers()).toEqual([timer(ids[0] as string, NOON)])
  })

  it('are skipped while their case is being written, and claimed in the next round', async () => {
    const [busy, idle] = [await insertStream(), await insertStream()]
    await write([], [timer(busy, NOON), timer(idle, NOON)])
    const writing = await beginTransaction(db.database, (manager) =>
      manager.query('SELECT 1 FROM stream WHERE id = $1 FOR UPDATE', [busy]),
    )
    expect((await claimAt(NOON)).map(({ id }) => id)).toEqual([idle])
    await writing.commit()
    expect((await claimAt(NOON)).map(({ id }) => id)).toEqual([busy])
  })

  it('are not claimed where another transaction is moving their deadline', async () => {
    const id = await insertStream()
    await write([], [timer(id, NOON)])
    const moving = await beginTransaction(db.database, async (manager) => {
      await manager.query('UPDATE stream SET version = 5 WHERE id = $1', [id])
      await writeTimers(manager, [], [timer(id, NOON + HOUR)])
    })
    expect(await claimAt(NOON)).toEqual([])
    await moving.commit()
    expect(await claimAt(NOON)).toEqual([])
    expect(await readTimers()).toEqual([timer(id, NOON + HOUR)])
  })

  it('are claimed by one of several workers, never by two', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, insertStream))
    await write(
      [],
      ids.map((id) => timer(id, NOON)),
    )
    const rounds = await Promise.all(Array.from({ length: 6 }, () => claimAt(NOON, 50)))
    const rest = await claimAt(NOON, 50)
    expect([...rounds.flat(), ...rest].map(({ id }) => id).sort()).toEqual([...ids].sort())
  })
})

describe('the next timer', () => {
  it('is the earliest of all, and none where there is none', async () => {
    const next = (): Promise<number | undefined> => db.database.transaction((manager) => readNextDueTime(manager))
    expect(await next()).toBeUndefined()
    await write([], [timer(await insertStream(), NOON + 5), timer(await insertStream(), NOON + 3)])
    expect(await next()).toBe(NOON + 3)
  })
})
