import type { DataSource } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import type { Change } from '#event-store'
import type { ReadModel } from '../src'
import { readComparableRows, findWrongTotals } from '../src'

/** By read model: the rows of each case as text, and the totals that are wrong. */
export type ShownRows = Readonly<
  Record<string, { readonly rows: Readonly<Record<string, string>>; readonly wrong: readonly unknown[] }>
>

export async function readShownRows(
  database: DataSource,
  readModels: readonly ReadModel[],
  caseIds: readonly string[],
): Promise<ShownRows> {
  const rowsByReadModel: [string, ShownRows[string]][] = []
  for (const readModel of readModels) {
    const rows = Object.fromEntries(await readComparableRows(database, readModel, caseIds))
    rowsByReadModel.push([readModel.name, { rows, wrong: await findWrongTotals(database, readModel) }])
  }
  return Object.fromEntries(rowsByReadModel)
}

/** The cases of a database as if each had just been opened in its current state. */
export async function readCases(database: DataSource): Promise<readonly Change<AfterSaleCase>[]> {
  const rows = await database.query<{ id: string; org: number; store: number; state: AfterSaleCase }[]>(
    'SELECT id, org, store, state FROM stream ORDER BY id',
  )
  return rows.map(({ state, ...row }) => ({ ...row, before: undefined, after: state, at: 0 }))
}

/** The expected rows: every case is projected once, from its current state, into an empty database. */
export async function projectExpectedRows(
  database: DataSource,
  scratch: DataSource,
  readModels: readonly ReadModel[],
): Promise<ShownRows> {
  const cases = await readCases(database)
  const tableNames = readModels.flatMap(({ tables: caseTables, totals }) => [
    ...caseTables.map(({ name }) => name),
    ...(totals === undefined ? [] : [totals.table]),
  ])
  const TABLES = tableNames.join(', ')
  await scratch.query(`TRUNCATE ${TABLES}`)
  await scratch.transaction(async (manager) => {
    for (const readModel of readModels) await readModel.apply(manager, cases)
  })
  return readShownRows(
    scratch,
    readModels,
    cases.map(({ id }) => id),
  )
}
