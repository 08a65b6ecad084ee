import { databaseUrlAs, openDatabase, roleName, withTenants } from '#event-store'
import { rebuild } from '#read-models'
import { untilStreamsReadable } from '../../test/follow'
import { HistoryWriter } from '../../test/history-writer'
import { casesFromEvents, cellsOf, keptCells, linesOf } from '../../test/recomputed'
import { TEST_ROLES } from '../../../../test/postgres/test-roles'
import { multiplierOf, seedOf } from '../../../../test/property'
import { emptyTables, useTestDatabase } from '../../../../test/postgres/test-database'
import { ALL_MEASURES } from '../catalogue/measures'
import { ALL_FACT_TABLES } from '../facts/fact-tables'
import { caseFacts } from './case-facts'
import { subtractFacts } from './apply-facts'
import { FollowCases } from './follow-cases'

const db = useTestDatabase()
const ORGANISATIONS = [1, 2]
/** A few hundred in `npm test`, 100,000 in `npm run properties`. */
const HISTORIES = process.env['PROPERTY_RUNS'] ? 2_000 * multiplierOf(process.env['PROPERTY_RUNS']) : 300
const SEED = seedOf(process.env['PROPERTY_SEED']) ?? 20_261_130
const NOW = Date.UTC(2026, 10, 30)

beforeEach(() => emptyTables(db))

/** Follows until nothing is left. */
async function followAll(batch?: number): Promise<void> {
  await untilStreamsReadable(db.database)
  const follow = new FollowCases(db.database, batch)
  while ((await follow.next(NOW, ORGANISATIONS)) > 0);
}

const rebuilt = (): ReturnType<typeof rebuild> =>
  rebuild(db.database, caseFacts, { holder: 'test', signal: new AbortController().signal, batch: 50, startOver: true })

const factsAndCells = (): Promise<unknown> =>
  Promise.all(
    [...ALL_FACT_TABLES.map(({ name }) => name), 'measure_day'].map((name) =>
      db.database.query(`SELECT t.*::text AS row FROM ${name} t ORDER BY t.*::text COLLATE "C"`),
    ),
  )

const expectRight = async (): Promise<void> => {
  const cases = await casesFromEvents(db.database)
  expect(linesOf(await keptCells(db.database))).toEqual(linesOf(cellsOf(cases)))
}

/** So many transactions over the cases, followed now and then, so that most cases are counted more than once. */
async function writeHistories(writer: HistoryWriter, cases: number, follow?: FollowCases): Promise<void> {
  for (let from = 0; from < cases; from += 200)
    for (let i = 0; i < 10; i++) {
      await writer.writeBatch(from, Math.min(200, cases - from), 80)
      if (i % 3 === 0) await follow?.next(NOW, ORGANISATIONS)
    }
}

describe('the roll-ups', () => {
  it(`of ${HISTORIES} random histories are what their events add up to, for every measure`, async () => {
    await writeHistories(new HistoryWriter(db.database, SEED), HISTORIES, new FollowCases(db.database, 97))
    await followAll()
    await expectRight()
    const counted = new Set([...(await keptCells(db.database)).keys()].map((key) => key.split('|')[1]))
    // No command of today leaves the amount of a partial win open; earlier ones did.
    expect(ALL_MEASURES.map(([name]) => name).filter((name) => !counted.has(name))).toEqual(['recovered_unknown'])
  })

  it('are the same whatever is read twice, and in batches of any size', async () => {
    await writeHistories(new HistoryWriter(db.database, 3), 100)
    await followAll(7)
    const once = await factsAndCells()
    await db.database.query('DELETE FROM analytics_checkpoint')
    await followAll()
    expect(await factsAndCells()).toEqual(once)
    await expectRight()
  })

  it('of a batch that fails are not written, and its cases are read again', async () => {
    await writeHistories(new HistoryWriter(db.database, 4), 60)
    await db.database.query('ALTER TABLE deadline_fact ADD CONSTRAINT broken CHECK (store <> 1)')
    await untilStreamsReadable(db.database)
    const follow = new FollowCases(db.database)
    await expect(follow.next(NOW, ORGANISATIONS)).rejects.toThrow('broken')
    expect((await keptCells(db.database)).size).toBe(0)
    await db.database.query('ALTER TABLE deadline_fact DROP CONSTRAINT broken')
    await followAll()
    await expectRight()
  })

  it('are left to the worker that follows already, without waiting for it', async () => {
    await writeHistories(new HistoryWriter(db.database, 8), 20)
    await untilStreamsReadable(db.database)
    const follow = new FollowCases(db.database)
    await db.database.transaction(async (other) => {
      await subtractFacts(other, [])
      expect(await follow.next(NOW, ORGANISATIONS)).toBe(0)
    })
    expect(await db.database.query('SELECT FROM case_fact')).toEqual([])
    await followAll()
    await expectRight()
  })

  it('of an organisation that is not named are left for later', async () => {
    await writeHistories(new HistoryWriter(db.database, 5), 60)
    await untilStreamsReadable(db.database)
    const follow = new FollowCases(db.database)
    while ((await follow.next(NOW, [2])) > 0);
    expect(await db.database.query('SELECT DISTINCT org FROM case_fact')).toEqual([{ org: 2 }])
    await followAll()
    await expectRight()
  })
})

it('a worker follows with its own rights, only for the organisations that are named', async () => {
  await writeHistories(new HistoryWriter(db.database, 9), 60)
  await untilStreamsReadable(db.database)
  const url = databaseUrlAs(db.url, roleName(TEST_ROLES, 'worker'))
  const database = await openDatabase({ url, pool: 2, migrations: [] })
  const follow = new FollowCases(database)
  expect(await follow.next(NOW)).toBe(0)
  for (const organisations of [[2], [1, 2]])
    await withTenants(organisations, async () => {
      while ((await follow.next(NOW)) > 0);
    })
  await database.destroy()
  await expectRight()
  expect(await db.database.query('SELECT org, caught_up_at FROM analytics_checkpoint ORDER BY org')).toEqual(
    ORGANISATIONS.map((org) => ({ org, caught_up_at: NOW })),
  )
})

describe('a rebuild of the facts', () => {
  const damage = async (): Promise<void> => {
    await db.database.query(`DELETE FROM case_fact WHERE get_byte(uuid_send(case_id), 3) % 3 = 0`)
    await db.database.query(`UPDATE measure_day SET n = n + 5 WHERE day < '2026-09-10'`)
    await db.database.query(`DELETE FROM measure_day WHERE day > '2026-10-01'`)
    await db.database.query(`INSERT INTO case_fact SELECT (jsonb_populate_record(NULL::case_fact, to_jsonb(f) ||
      '{"case_id": "ffffffff-0000-4000-8000-000000000000"}')).* FROM case_fact f LIMIT 1`)
  }

  it('repairs rows and sums, and changes nothing where all is right', async () => {
    await writeHistories(new HistoryWriter(db.database, 6), 150)
    await followAll()
    await damage()
    expect(await rebuilt()).toMatchObject({ orphans: 1 })
    await expectRight()
    const right = await factsAndCells()
    expect(await rebuilt()).toMatchObject({ differing: 0, orphans: 0, totals: 0 })
    expect(await factsAndCells()).toEqual(right)
  })

  it('leaves no cell to which nothing adds up, e.g. of a measure that is no longer counted', async () => {
    await writeHistories(new HistoryWriter(db.database, 10), 40)
    await followAll()
    const right = await factsAndCells()
    await db.database.query(
      `INSERT INTO measure_day SELECT (jsonb_populate_record(m, '{"measure": "counted_once"}')).* FROM measure_day m LIMIT 3`,
    )
    expect(await rebuilt()).toMatchObject({ totals: 3 })
    expect(await factsAndCells()).toEqual(right)
  })

  it('from nothing, while cases are written and followed, ends in the same tables', async () => {
    const writer = new HistoryWriter(db.database, 7)
    await writeHistories(writer, 150)
    await followAll()
    for (const { name } of ALL_FACT_TABLES) await db.database.query(`TRUNCATE ${name}`)
    await db.database.query('TRUNCATE measure_day')
    const follow = new FollowCases(db.database, 20)
    let running = true
    const load = async (): Promise<void> => {
      while (running) await new HistoryWriter(db.database, 8).writeBatch(0, 200, 10)
    }
    const following = async (): Promise<void> => {
      while (running) await follow.next(NOW, ORGANISATIONS)
    }
    const others = Promise.all([load(), following()])
    const report = await rebuilt()
    running = false
    await others
    expect(report?.cases).toBeGreaterThan(100)
    await followAll()
    await expectRight()
    const underLoad = await factsAndCells()
    expect(await rebuilt()).toMatchObject({ differing: 0, totals: 0 })
    expect(await factsAndCells()).toEqual(underLoad)
  })
})
