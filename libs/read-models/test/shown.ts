import type { DataSource } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import type { Change } from '#event-store'
import type { ReadModel } from '../src'
import { comparableRows, wrongTotals } from '../src'

/** By read model: the rows of each case, and which sums are wrong. */
export type Shown = Readonly<
  Record<string, { readonly rows: Readonly<Record<string, string>>; readonly wrong: readonly unknown[] }>
>

export async function shownIn(
  database: DataSource,
  readModels: readonly ReadModel[],
  caseIds: readonly string[],
): Promise<Shown> {
  const shown: [string, Shown[string]][] = []
  for (const readModel of readModels) {
    const rows = Object.fromEntries(await comparableRows(database, readModel, caseIds))
    shown.push([readModel.name, { rows, wrong: await wrongTotals(database, readModel) }])
  }
  return Object.fromEntries(shown)
}

/** The cases of a database as changes from nothing: what a projection makes of them is what must be shown. */
export async function casesIn(database: DataSource): Promise<readonly Change<AfterSaleCase>[]> {
  const rows = await database.query<{ id: string; org: number; store: number; state: AfterSaleCase }[]>(
    'SELECT id, org, store, state FROM stream ORDER BY id',
  )
  return rows.map(({ state, ...row }) => ({ ...row, before: undefined, after: state, at: 0 }))
}

/** What must be shown: every case projected once, from nothing, into a database of its own. */
export async function expectedFrom(
  database: DataSource,
  scratch: DataSource,
  readModels: readonly ReadModel[],
): Promise<Shown> {
  const cases = await casesIn(database)
  const tables = readModels.flatMap(({ tables: kept, totals }) => [
    ...kept.map(({ name }) => name),
    ...(totals === undefined ? [] : [totals.table]),
  ])
  const TABLES = tables.join(', ')
  await scratch.query(`TRUNCATE ${TABLES}`)
  await scratch.transaction(async (manager) => {
    for (const readModel of readModels) await readModel.apply(manager, cases)
  })
  return shownIn(
    scratch,
    readModels,
    cases.map(({ id }) => id),
  )
}
