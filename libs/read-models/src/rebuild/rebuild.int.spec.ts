import type { DataSource } from 'typeorm'
import type { ReadModel, RebuildOptions, RebuildReport } from '..'
import { projections, rebuild } from '..'
import type { TestDatabase } from '../../test/cases'
import { caseIdFor, openTestDatabase } from '../../test/cases'
import type { ShownRows } from '../../test/shown-rows'
import { readCases, projectExpectedRows, readShownRows } from '../../test/shown-rows'
import { RandomCaseWriter } from '../../test/random-writer'

const CASES = Array.from({ length: 60 }, (_, n) => n + 1)
/** Not written while a rebuild runs; their rows must be complete all the time. */
const QUIET = CASES.slice(0, 12)
const BUSY = CASES.slice(12)
/** Opened while a rebuild runs, some of them with an id that it has already passed. */
const OPENED = CASES.map((n) => n + 100)
const BATCH = 7
const ORPHAN = caseIdFor(99)

let live: TestDatabase
let scratch: TestDatabase
beforeAll(async () => {
  ;[live, scratch] = await Promise.all([openTestDatabase(), openTestDatabase()])
  const writer = new RandomCaseWriter(live.database, projections, CASES, 7)
  for (let i = 0; i < 150; i++) await writer.writeBatch()
})
afterAll(() => Promise.all([live.close(), scratch.close()]))

const readExpected = (): Promise<ShownRows> => projectExpectedRows(live.database, scratch.database, projections)
const readCaseIds = async (): Promise<string[]> => (await readCases(live.database)).map(({ id }) => id)
const readShown = async (): Promise<ShownRows> => readShownRows(live.database, projections, await readCaseIds())
const namesWhere = (actual: (name: string) => boolean): string[] => projections.map(({ name }) => name).filter(actual)
const runRebuild = (readModel: ReadModel, options: Partial<RebuildOptions> = {}): Promise<RebuildReport | undefined> =>
  rebuild(live.database, readModel, { holder: 'test', signal: new AbortController().signal, batch: BATCH, ...options })

/** Deletes rows and totals, and adds a row of a case that does not exist. */
async function damage(database: DataSource, { tables, totals }: ReadModel): Promise<void> {
  const quietIds = QUIET.map(caseIdFor)
  for (const { name, caseColumn } of tables) {
    await database.query(
      `DELETE FROM ${name} WHERE ${caseColumn} <> ALL($1::uuid[]) AND get_byte(uuid_send(${caseColumn}), 15) % 3 = 0`,
      [quietIds],
    )
    const stray = `to_jsonb(t) || jsonb_build_object('${caseColumn}', '${ORPHAN}')`
    await database.query(
      `INSERT INTO ${name} SELECT (jsonb_populate_record(NULL::${name}, ${stray})).* FROM ${name} t LIMIT 1`,
    )
  }
  if (totals !== undefined)
    await database.query(
      `DELETE FROM ${totals.table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM ${totals.table} LIMIT 3))`,
    )
}

describe('the rows of every read model', () => {
  it.each(projections)('of $name exist in this test and are indexed by case', async (readModel) => {
    const { rows } = (await readShown())[readModel.name] ?? { rows: {} }
    const count = Object.keys(rows).length
    const missing = `${count} rows: let randomFacets() in test/random-writer.ts write more cases that have rows here`
    expect(count > 5 ? '' : missing).toBe('')
    for (const { name, caseColumn } of readModel.tables) {
      const indexed = await live.database.query<{ column: string }[]>(
        `SELECT a.attname AS column FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
         WHERE i.indrelid = $1::regclass AND i.indisvalid AND i.indpred IS NULL`,
        [name],
      )
      expect(indexed.map(({ column }) => column)).toContain(caseColumn)
    }
  })

  it('follow from the current state of the cases, whatever changes led to it', async () => {
    expect(await readShown()).toEqual(await readExpected())
  })
})

describe('a rebuild while workers continue to write', () => {
  const reports = new Map<string, RebuildReport | undefined>()
  let damaged: string[]
  let reads = 0
  let [is, shouldBe]: [ShownRows, ShownRows] = [{}, {}]

  beforeAll(async () => {
    for (const readModel of projections) await damage(live.database, readModel)
    const [before, expectedBefore] = [await readShown(), await readExpected()]
    damaged = namesWhere((name) => JSON.stringify(before[name]) !== JSON.stringify(expectedBefore[name]))
    const running = { is: true }
    const otherWork = Promise.all([
      writeWhileRunning(2, running),
      writeWhileRunning(3, running),
      readWhileRunning(running),
    ])
    for (const readModel of projections) reports.set(readModel.name, await runRebuild(readModel))
    running.is = false
    await otherWork
    ;[is, shouldBe] = [await readShown(), await readExpected()]
  })

  async function writeWhileRunning(seed: number, running: { readonly is: boolean }): Promise<void> {
    const writer = new RandomCaseWriter(live.database, projections, [...BUSY, ...OPENED], seed)
    while (running.is) await writer.writeBatch()
  }

  /** Reads all the time, and fails if rows are missing for a moment. */
  async function readWhileRunning(running: { readonly is: boolean }): Promise<void> {
    const readQuietRows = async (): Promise<unknown> =>
      Object.values(await readShownRows(live.database, projections, QUIET.map(caseIdFor))).map(({ rows }) => rows)
    const before = await readQuietRows()
    for (; running.is; reads++) expect(await readQuietRows()).toEqual(before)
  }

  it.each(projections)('leaves the rows that the projection $name would write', ({ name }) => {
    expect(damaged).toContain(name)
    expect(reports.get(name)).toMatchObject({ orphans: 1 })
    expect(is[name]).toEqual(shouldBe[name])
  })

  it('lets no reader miss a row at any moment', () => {
    expect(reads).toBeGreaterThan(5)
  })

  it('changes no byte of any row if there is nothing to correct', async () => {
    const tables = projections.flatMap((readModel) => readModel.tables)
    const readPhysicalRows = (): Promise<unknown> =>
      Promise.all(tables.map(({ name }) => live.database.query(`SELECT xmin, ctid, t.* FROM ${name} t ORDER BY ctid`)))
    const before = await readPhysicalRows()
    const nothingCorrected = { cases: (await readCaseIds()).length, differing: 0, orphans: 0, totals: 0 }
    for (const readModel of projections) expect(await runRebuild(readModel)).toEqual(nothingCorrected)
    expect(await readPhysicalRows()).toEqual(before)
  })
})

describe('a rebuild that is interrupted', () => {
  const readModel = projections.find(({ totals }) => totals !== undefined) as ReadModel
  /** Then every case differs, so each batch is applied exactly once. */
  const deleteRows = (): Promise<unknown> => live.database.query(`DELETE FROM ${readModel.tables[0].name}`)

  /** A read model that records the cases it is given and fails after so many batches. */
  function recordApplied(batches = Infinity): { readonly watching: ReadModel; readonly applied: string[] } {
    const applied: string[] = []
    let calls = 0
    const watching: ReadModel = {
      ...readModel,
      apply: (manager, changes) => {
        if (calls++ === batches) throw new Error('the power was cut')
        applied.push(...changes.map(({ id }) => id))
        return readModel.apply(manager, changes)
      },
    }
    return { watching, applied }
  }

  it('continues at its last batch', async () => {
    await deleteRows()
    const [first, second, all] = [recordApplied(3), recordApplied(), await readCaseIds()]
    await expect(runRebuild(first.watching)).rejects.toThrow('the power was cut')
    expect(await runRebuild(second.watching)).toMatchObject({ cases: all.length, differing: all.length })
    expect([first.applied, second.applied]).toEqual([all.slice(0, 3 * BATCH), all.slice(3 * BATCH)])
    expect(await readShown()).toEqual(await readExpected())
  })

  it('starts over when asked to', async () => {
    await deleteRows()
    const [first, second, all] = [recordApplied(2), recordApplied(), await readCaseIds()]
    await expect(runRebuild(first.watching)).rejects.toThrow('the power was cut')
    expect(await runRebuild(second.watching, { startOver: true })).toMatchObject({ cases: all.length })
    expect(second.applied).toContain(all.at(-1))
    expect(await readShown()).toEqual(await readExpected())
  })

  it('stops between two batches on a signal', async () => {
    const stopping = new AbortController()
    const onProgress = (): void => stopping.abort(new Error('stopped'))
    await expect(runRebuild(readModel, { signal: stopping.signal, onProgress })).rejects.toThrow('stopped')
    expect(await runRebuild(readModel)).toMatchObject({ cases: (await readCaseIds()).length, differing: 0 })
  })

  it('runs in one process at a time', async () => {
    const reports = await Promise.all([
      runRebuild(readModel, { holder: 'one' }),
      runRebuild(readModel, { holder: 'other' }),
    ])
    expect(reports.filter((report) => report === undefined)).toHaveLength(1)
  })
})

describe('projections that miss changes', () => {
  it('are all reported by the comparison and corrected by a rebuild', async () => {
    const forgetful = projections.map((readModel): ReadModel => ({
      ...readModel,
      apply: (manager, changes) => readModel.apply(manager, changes.slice(0, 1)),
    }))
    const writer = new RandomCaseWriter(live.database, forgetful, [...CASES, ...OPENED], 11)
    for (let i = 0; i < 150; i++) await writer.writeBatch()
    const [is, shouldBe] = [await readShown(), await readExpected()]
    expect(namesWhere((name) => JSON.stringify(is[name]) !== JSON.stringify(shouldBe[name]))).toEqual(
      namesWhere(() => true),
    )
    for (const readModel of projections) expect((await runRebuild(readModel))?.differing).toBeGreaterThan(0)
    expect(await readShown()).toEqual(await readExpected())
  })
})
