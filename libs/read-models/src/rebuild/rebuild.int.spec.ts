import type { DataSource } from 'typeorm'
import type { ReadModel, RebuildOptions, RebuildReport } from '..'
import { projections, rebuild } from '..'
import type { TestDatabase } from '../../test/cases'
import { idOf, openTestDatabase } from '../../test/cases'
import type { Shown } from '../../test/shown'
import { casesIn, expectedFrom, shownIn } from '../../test/shown'
import { RandomCaseWriter } from '../../test/random-writer'

const CASES = Array.from({ length: 60 }, (_, n) => n + 1)
/** Left alone while a rebuild runs, and shown right all the time. */
const QUIET = CASES.slice(0, 12)
const BUSY = CASES.slice(12)
/** Opened while a rebuild runs, some of them behind the place that it has reached. */
const OPENED = CASES.map((n) => n + 100)
const BATCH = 7
const ORPHAN = idOf(99)

let live: TestDatabase
let scratch: TestDatabase
beforeAll(async () => {
  ;[live, scratch] = await Promise.all([openTestDatabase(), openTestDatabase()])
  const writer = new RandomCaseWriter(live.database, projections, CASES, 7)
  for (let i = 0; i < 150; i++) await writer.writeBatch()
})
afterAll(() => Promise.all([live.close(), scratch.close()]))

const expected = (): Promise<Shown> => expectedFrom(live.database, scratch.database, projections)
const ids = async (): Promise<string[]> => (await casesIn(live.database)).map(({ id }) => id)
const shown = async (): Promise<Shown> => shownIn(live.database, projections, await ids())
const namesWhere = (is: (name: string) => boolean): string[] => projections.map(({ name }) => name).filter(is)
const rebuilt = (readModel: ReadModel, more: Partial<RebuildOptions> = {}): Promise<RebuildReport | undefined> =>
  rebuild(live.database, readModel, { holder: 'test', signal: new AbortController().signal, batch: BATCH, ...more })

/** Takes away rows and sums, and leaves a row of a case that does not exist. */
async function damage(database: DataSource, { tables, totals }: ReadModel): Promise<void> {
  const spared = QUIET.map(idOf)
  for (const { name, caseColumn } of tables) {
    await database.query(
      `DELETE FROM ${name} WHERE ${caseColumn} <> ALL($1::uuid[]) AND get_byte(uuid_send(${caseColumn}), 15) % 3 = 0`,
      [spared],
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
  it.each(projections)('$name: test/random-writer.ts makes some; an index leads by case', async (readModel) => {
    const { rows } = (await shown())[readModel.name] ?? { rows: {} }
    expect(Object.keys(rows).length).toBeGreaterThan(5)
    for (const { name, caseColumn } of readModel.tables) {
      const indexed = await live.database.query<{ column: string }[]>(
        `SELECT a.attname AS column FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
         WHERE i.indrelid = $1::regclass AND i.indisvalid AND i.indpred IS NULL`,
        [name],
      )
      expect(indexed.map(({ column }) => column)).toContain(caseColumn)
    }
  })

  it('follow from the cases as they are now, whatever changes led there', async () => {
    expect(await shown()).toEqual(await expected())
  })
})

describe('rebuilt while workers go on writing', () => {
  const reports = new Map<string, RebuildReport | undefined>()
  let damaged: string[]
  let reads = 0
  let [is, shouldBe]: [Shown, Shown] = [{}, {}]

  beforeAll(async () => {
    for (const readModel of projections) await damage(live.database, readModel)
    const [before, wanted] = [await shown(), await expected()]
    damaged = namesWhere((name) => JSON.stringify(before[name]) !== JSON.stringify(wanted[name]))
    const running = { is: true }
    const others = Promise.all([work(2, running), work(3, running), read(running)])
    for (const readModel of projections) reports.set(readModel.name, await rebuilt(readModel))
    running.is = false
    await others
    ;[is, shouldBe] = [await shown(), await expected()]
  })

  async function work(seed: number, running: { readonly is: boolean }): Promise<void> {
    const writer = new RandomCaseWriter(live.database, projections, [...BUSY, ...OPENED], seed)
    while (running.is) await writer.writeBatch()
  }

  /** A reader who sees less for one moment fails. */
  async function read(running: { readonly is: boolean }): Promise<void> {
    const quiet = async (): Promise<unknown> =>
      Object.values(await shownIn(live.database, projections, QUIET.map(idOf))).map(({ rows }) => rows)
    const before = await quiet()
    for (; running.is; reads++) expect(await quiet()).toEqual(before)
  }

  it.each(projections)('$name has the rows that its projection would write', ({ name }) => {
    expect(damaged).toContain(name)
    expect(reports.get(name)).toMatchObject({ orphans: 1 })
    expect(is[name]).toEqual(shouldBe[name])
  })

  it('no reader sees missing rows at any moment', () => {
    expect(reads).toBeGreaterThan(5)
  })

  it('a second rebuild, with nothing to correct, changes no byte of any row', async () => {
    const tables = projections.flatMap((readModel) => readModel.tables)
    const exactly = (): Promise<unknown> =>
      Promise.all(tables.map(({ name }) => live.database.query(`SELECT xmin, ctid, t.* FROM ${name} t ORDER BY ctid`)))
    const before = await exactly()
    const nothing = { cases: (await ids()).length, differing: 0, orphans: 0, totals: 0 }
    for (const readModel of projections) expect(await rebuilt(readModel)).toEqual(nothing)
    expect(await exactly()).toEqual(before)
  })
})

describe('a rebuild that is interrupted', () => {
  const readModel = projections.find(({ totals }) => totals !== undefined) as ReadModel
  /** Every case has rows in it, so each batch is applied once. */
  const emptied = (): Promise<unknown> => live.database.query(`DELETE FROM ${readModel.tables[0].name}`)

  /** Notes which cases it is given, and fails when it has had so many batches. */
  function watched(batches = Infinity): { readonly watching: ReadModel; readonly applied: string[] } {
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
    await emptied()
    const [first, second, all] = [watched(3), watched(), await ids()]
    await expect(rebuilt(first.watching)).rejects.toThrow('the power was cut')
    expect(await rebuilt(second.watching)).toMatchObject({ cases: all.length, differing: all.length })
    expect([first.applied, second.applied]).toEqual([all.slice(0, 3 * BATCH), all.slice(3 * BATCH)])
    expect(await shown()).toEqual(await expected())
  })

  it('starts over when asked to', async () => {
    await emptied()
    const [first, second, all] = [watched(2), watched(), await ids()]
    await expect(rebuilt(first.watching)).rejects.toThrow('the power was cut')
    expect(await rebuilt(second.watching, { startOver: true })).toMatchObject({ cases: all.length })
    expect(second.applied).toContain(all.at(-1))
    expect(await shown()).toEqual(await expected())
  })

  it('stops between two batches on a signal', async () => {
    const stopping = new AbortController()
    const onProgress = (): void => stopping.abort(new Error('stopped'))
    await expect(rebuilt(readModel, { signal: stopping.signal, onProgress })).rejects.toThrow('stopped')
    expect(await rebuilt(readModel)).toMatchObject({ cases: (await ids()).length, differing: 0 })
  })

  it('is done by one process at a time', async () => {
    const reports = await Promise.all([rebuilt(readModel, { holder: 'one' }), rebuilt(readModel, { holder: 'other' })])
    expect(reports.filter((report) => report === undefined)).toHaveLength(1)
  })
})

describe('projections that forget something', () => {
  it('are all reported by the comparison, and corrected by a rebuild', async () => {
    const forgetful = projections.map((readModel): ReadModel => ({
      ...readModel,
      apply: (manager, changes) => readModel.apply(manager, changes.slice(0, 1)),
    }))
    const writer = new RandomCaseWriter(live.database, forgetful, [...CASES, ...OPENED], 11)
    for (let i = 0; i < 150; i++) await writer.writeBatch()
    const [is, shouldBe] = [await shown(), await expected()]
    expect(namesWhere((name) => JSON.stringify(is[name]) !== JSON.stringify(shouldBe[name]))).toEqual(
      namesWhere(() => true),
    )
    for (const readModel of projections) expect((await rebuilt(readModel))?.differing).toBeGreaterThan(0)
    expect(await shown()).toEqual(await expected())
  })
})
