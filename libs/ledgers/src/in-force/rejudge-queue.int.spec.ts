import { randomUUID } from 'node:crypto'
import { emptyTables, useTestDatabase, rowsOf, beginTransaction } from '../../../../test/postgres/test-database'
import type { Rejudgement } from './rejudge-queue'
import { NEXT, rejudgeOpenStreams, requestRejudging } from './rejudge-queue'

const db = useTestDatabase()
const NOON = Date.parse('2026-11-11T04:00:00Z')
const [STORE, OTHER] = [7, 8]

beforeEach(() => emptyTables(db))

interface Kept {
  readonly again: Rejudgement
}
const aStream = async (store: number, again: Rejudgement = 'judge', open = true): Promise<string> => {
  const id = randomUUID()
  await rowsOf(
    db,
    `INSERT INTO stream (id, org, store, version, fold, revision, state, open) VALUES ($1, 1, $2, 1, 1, 0, $3, $4)`,
    [id, store, { again }, open],
  )
  return id
}
const aTimer = (stream: string, kind: string, due: number): Promise<unknown> =>
  rowsOf(db, 'INSERT INTO timer (stream, kind, org, due_at) VALUES ($1, $2, 1, $3)', [stream, kind, due])
const step = (limit = 100): Promise<number> =>
  db.database.transaction((m) => rejudgeOpenStreams<Kept>(m, 'JUDGE', ({ again }) => again, limit))
const want = (store = STORE): Promise<unknown> => db.database.transaction((m) => requestRejudging(m, store, NOON))
const judgedAgain = async (): Promise<string[]> =>
  (await rowsOf<{ stream: string }>(db, `SELECT stream FROM timer WHERE kind = 'JUDGE' AND due_at = $1`, [NOON]))
    .map(({ stream }) => stream)
    .sort()

describe('F: the streams of a store that are to be judged once more', () => {
  it('are gone through in steps, all that are open, with a timer or without, and none of another store', async () => {
    const wanted: string[] = []
    for (let n = 0; n < 7; n++) {
      wanted.push(await aStream(STORE))
      await aStream(OTHER)
      await aStream(STORE, 'judge', false)
    }
    await aTimer(wanted[0] ?? '', 'SELLER_RESPONSE', NOON)
    await want()
    const steps = []
    for (let n = -1; n !== 0; steps.push(n)) n = await step(3)
    // Three streams, three, one; then nothing is wanted any more. Each step counts the store, too.
    expect(steps).toEqual([4, 4, 2, 0])
    expect(await judgedAgain()).toEqual(wanted.sort())
    expect(await rowsOf(db, 'SELECT * FROM look_again')).toEqual([])
  })

  it('are left as they are where it is not for us, and not gone through again once they are closed', async () => {
    const [judged, , closed] = [await aStream(STORE), await aStream(STORE, 'leave'), await aStream(STORE, 'closed')]
    await want()
    expect(await step()).toBe(4)
    expect(await judgedAgain()).toEqual([judged])
    expect(await rowsOf(db, 'SELECT id FROM stream WHERE NOT open')).toEqual([{ id: closed }])
    await want()
    expect(await step()).toBe(3)
  })

  it('are left as they are where they are to be judged even earlier', async () => {
    const [early, late] = [await aStream(STORE), await aStream(STORE)]
    await aTimer(early, 'JUDGE', NOON - 5)
    await aTimer(late, 'JUDGE', NOON + 5)
    await want()
    await step()
    expect(await judgedAgain()).toEqual([late])
    expect(await rowsOf(db, 'SELECT min(due_at) AS due FROM timer')).toEqual([{ due: NOON - 5 }])
  })

  it('are shared by several workers without one waiting for another', async () => {
    await aStream(STORE)
    await want()
    await want(OTHER)
    const other = await beginTransaction(db.database, (m) =>
      m.query('SELECT FROM look_again ORDER BY id LIMIT 1 FOR UPDATE'),
    )
    expect(await step()).toBe(1)
    expect(await rowsOf(db, 'SELECT store FROM look_again')).toEqual([{ store: STORE }])
    await other.commit()
  })

  it('are found by an index, without walking those of other stores or those that are closed', async () => {
    await db.database.query(
      `INSERT INTO stream (id, org, store, version, fold, revision, state, open)
       SELECT gen_random_uuid(), 1, n % 50, 1, 1, 0, '{}', n % 1000 < 50 FROM generate_series(1, 20000) n`,
    )
    await db.database.query('VACUUM ANALYZE stream')
    const nothing = '00000000-0000-0000-0000-000000000000'
    const [row] = await rowsOf<{ 'QUERY PLAN': unknown }>(db, `EXPLAIN (ANALYZE, FORMAT JSON) ${NEXT}`, [
      STORE,
      nothing,
      500,
    ])
    const plan = JSON.stringify(row?.['QUERY PLAN'])
    expect(plan).toContain('"Index Name":"stream_open"')
    expect(plan).not.toMatch(/"Rows Removed by [\w ]+":[1-9]/)
    expect(plan).toMatch(/"Actual Rows":20\b/)
  })
})
