import { randomUUID } from 'node:crypto'
import { emptyTables, useTestDatabase, rowsOf, beginTransaction } from '../../../../test/postgres/test-database'
import type { Rejudgement } from './rejudge-queue'
import { NEXT_OPEN_STREAMS, rejudgeOpenStreams, requestRejudging } from './rejudge-queue'

const db = useTestDatabase()
const NOON = Date.parse('2026-11-11T04:00:00Z')
const [STORE, OTHER] = [7, 8]

beforeEach(() => emptyTables(db))

interface TestState {
  readonly rejudgement: Rejudgement
}
const insertStream = async (store: number, rejudgement: Rejudgement = 'judge', open = true): Promise<string> => {
  const id = randomUUID()
  await rowsOf(
    db,
    `INSERT INTO stream (id, org, store, version, fold, revision, state, open) VALUES ($1, 1, $2, 1, 1, 0, $3, $4)`,
    [id, store, { rejudgement }, open],
  )
  return id
}
const insertTimer = (stream: string, kind: string, due: number): Promise<unknown> =>
  rowsOf(db, 'INSERT INTO timer (stream, kind, org, due_at) VALUES ($1, $2, 1, $3)', [stream, kind, due])
const rejudgeStep = (limit = 100): Promise<number> =>
  db.database.transaction((m) => rejudgeOpenStreams<TestState>(m, 'JUDGE', ({ rejudgement }) => rejudgement, limit))
const requestFor = (store = STORE): Promise<unknown> => db.database.transaction((m) => requestRejudging(m, store, NOON))
const rejudgedStreams = async (): Promise<string[]> =>
  (await rowsOf<{ stream: string }>(db, `SELECT stream FROM timer WHERE kind = 'JUDGE' AND due_at = $1`, [NOON]))
    .map(({ stream }) => stream)
    .sort()

describe('F: the streams of a store that must be judged again', () => {
  it('are processed in steps: all open ones, with or without a timer, and none of another store', async () => {
    const wanted: string[] = []
    for (let count = 0; count < 7; count++) {
      wanted.push(await insertStream(STORE))
      await insertStream(OTHER)
      await insertStream(STORE, 'judge', false)
    }
    await insertTimer(wanted[0] ?? '', 'SELLER_RESPONSE', NOON)
    await requestFor()
    const steps = []
    for (let count = -1; count !== 0; steps.push(count)) count = await rejudgeStep(3)
    // Three streams, three, one; then no request is left. Each step counts the store, too.
    expect(steps).toEqual([4, 4, 2, 0])
    expect(await rejudgedStreams()).toEqual(wanted.sort())
    expect(await rowsOf(db, 'SELECT * FROM look_again')).toEqual([])
  })

  it('are left as they are where it is not our turn, and are not processed again once they are closed', async () => {
    const [judged, , closed] = [
      await insertStream(STORE),
      await insertStream(STORE, 'leave'),
      await insertStream(STORE, 'closed'),
    ]
    await requestFor()
    expect(await rejudgeStep()).toBe(4)
    expect(await rejudgedStreams()).toEqual([judged])
    expect(await rowsOf(db, 'SELECT id FROM stream WHERE NOT open')).toEqual([{ id: closed }])
    await requestFor()
    expect(await rejudgeStep()).toBe(3)
  })

  it('keep their timer if it is due even earlier', async () => {
    const [early, late] = [await insertStream(STORE), await insertStream(STORE)]
    await insertTimer(early, 'JUDGE', NOON - 5)
    await insertTimer(late, 'JUDGE', NOON + 5)
    await requestFor()
    await rejudgeStep()
    expect(await rejudgedStreams()).toEqual([late])
    expect(await rowsOf(db, 'SELECT min(due_at) AS due FROM timer')).toEqual([{ due: NOON - 5 }])
  })

  it('are shared by several workers, none of which waits for another', async () => {
    await insertStream(STORE)
    await requestFor()
    await requestFor(OTHER)
    const otherWorker = await beginTransaction(db.database, (m) =>
      m.query('SELECT FROM look_again ORDER BY id LIMIT 1 FOR UPDATE'),
    )
    expect(await rejudgeStep()).toBe(1)
    expect(await rowsOf(db, 'SELECT store FROM look_again')).toEqual([{ store: STORE }])
    await otherWorker.commit()
  })

  it('are found by an index, without reading streams of other stores or closed ones', async () => {
    await db.database.query(
      `INSERT INTO stream (id, org, store, version, fold, revision, state, open)
       SELECT gen_random_uuid(), 1, n % 50, 1, 1, 0, '{}', n % 1000 < 50 FROM generate_series(1, 20000) n`,
    )
    await db.database.query('VACUUM ANALYZE stream')
    const lowestId = '00000000-0000-0000-0000-000000000000'
    const [row] = await rowsOf<{ 'QUERY PLAN': unknown }>(db, `EXPLAIN (ANALYZE, FORMAT JSON) ${NEXT_OPEN_STREAMS}`, [
      STORE,
      lowestId,
      500,
    ])
    const plan = JSON.stringify(row?.['QUERY PLAN'])
    expect(plan).toContain('"Index Name":"stream_open"')
    expect(plan).not.toMatch(/"Rows Removed by [\w ]+":[1-9]/)
    expect(plan).toMatch(/"Actual Rows":20\b/)
  })
})
