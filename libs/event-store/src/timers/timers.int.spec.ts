import { randomUUID } from 'node:crypto'
import { emptyTables, useTestDatabase, rowsOf, beginTransaction } from '../../../../test/postgres/test-database'
import type { FiredTimer, TimerRow } from './timers'
import { claimDueTimers, readNextDueTime, writeTimers } from './timers'

const db = useTestDatabase()
const NOON = Date.parse('2026-11-11T04:00:00Z')
const HOUR = 3_600_000

beforeEach(() => emptyTables(db))

const aStream = async (): Promise<string> => {
  const id = randomUUID()
  await rowsOf(
    db,
    `INSERT INTO stream (id, org, store, version, fold, revision, state) VALUES ($1, 1, 3, 4, 1, 0, '{"a": 1}')`,
    [id],
  )
  return id
}
const timer = (stream: string, due_at: number, kind = 'SELLER_RESPONSE'): TimerRow => ({ stream, kind, org: 1, due_at })
const write = (gone: readonly TimerRow[], set: readonly TimerRow[]): Promise<void> =>
  db.database.transaction((manager) => writeTimers(manager, gone, set))
const fire = (now: number, limit = 10): Promise<FiredTimer<unknown>[]> =>
  db.database.transaction((manager) => claimDueTimers(manager, now, limit))
const left = (): Promise<unknown[]> => rowsOf(db, 'SELECT stream, kind, org, due_at FROM timer ORDER BY due_at')

describe('a timer', () => {
  it('goes off at its time, not a millisecond early, with its stream, and once', async () => {
    const id = await aStream()
    await write([], [timer(id, NOON)])
    expect(await fire(NOON - 1)).toEqual([])
    expect(await fire(NOON)).toEqual([
      { id, org: 1, store: 3, version: 4, fold: 1, state: { a: 1 }, kind: 'SELLER_RESPONSE', due: NOON },
    ])
    expect(await fire(NOON)).toEqual([])
  })

  it('that was moved goes off at the new time only', async () => {
    const id = await aStream()
    await write([], [timer(id, NOON)])
    await write([], [timer(id, NOON + HOUR)])
    expect(await fire(NOON)).toEqual([])
    expect((await fire(NOON + HOUR)).map(({ due }) => due)).toEqual([NOON + HOUR])
  })

  it('that was cancelled never goes off; others of its case do', async () => {
    const id = await aStream()
    await write([], [timer(id, NOON), timer(id, NOON, 'EVIDENCE')])
    await write([timer(id, NOON)], [])
    expect((await fire(NOON + HOUR)).map(({ kind }) => kind)).toEqual(['EVIDENCE'])
  })

  it('is there again when the work that it set off is rolled back', async () => {
    const id = await aStream()
    await write([], [timer(id, NOON)])
    const failed = await beginTransaction(db.database, (manager) => claimDueTimers(manager, NOON, 10))
    await failed.rollBack()
    expect(await fire(NOON)).toEqual(failed.value)
  })
})

describe('due timers', () => {
  it('are claimed earliest first, up to the limit', async () => {
    const ids = [await aStream(), await aStream(), await aStream()]
    await write(
      [],
      ids.map((id, i) => timer(id, NOON - i)),
    )
    expect((await fire(NOON, 2)).map(({ id }) => id).sort()).toEqual([ids[2], ids[1]].sort())
    expect(await left()).toEqual([timer(ids[0] as string, NOON)])
  })

  it('of a case that is being written are skipped and claimed in the next round', async () => {
    const [busy, idle] = [await aStream(), await aStream()]
    await write([], [timer(busy, NOON), timer(idle, NOON)])
    const writing = await beginTransaction(db.database, (manager) =>
      manager.query('SELECT 1 FROM stream WHERE id = $1 FOR UPDATE', [busy]),
    )
    expect((await fire(NOON)).map(({ id }) => id)).toEqual([idle])
    await writing.commit()
    expect((await fire(NOON)).map(({ id }) => id)).toEqual([busy])
  })

  it('whose deadline moved while they were looked at are judged by what is true now', async () => {
    const id = await aStream()
    await write([], [timer(id, NOON)])
    const moving = await beginTransaction(db.database, async (manager) => {
      await manager.query('UPDATE stream SET version = 5 WHERE id = $1', [id])
      await writeTimers(manager, [], [timer(id, NOON + HOUR)])
    })
    expect(await fire(NOON)).toEqual([])
    await moving.commit()
    expect(await fire(NOON)).toEqual([])
    expect(await left()).toEqual([timer(id, NOON + HOUR)])
  })

  it('go to one of two who take them at once, never to both', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, aStream))
    await write(
      [],
      ids.map((id) => timer(id, NOON)),
    )
    const rounds = await Promise.all(Array.from({ length: 6 }, () => fire(NOON, 50)))
    const rest = await fire(NOON, 50)
    expect([...rounds.flat(), ...rest].map(({ id }) => id).sort()).toEqual([...ids].sort())
  })
})

describe('the next timer', () => {
  it('is the earliest of all, and none where there is none', async () => {
    const next = (): Promise<number | undefined> => db.database.transaction((manager) => readNextDueTime(manager))
    expect(await next()).toBeUndefined()
    await write([], [timer(await aStream(), NOON + 5), timer(await aStream(), NOON + 3)])
    expect(await next()).toBe(NOON + 3)
  })
})
