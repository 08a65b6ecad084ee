import type { CaseTable, ReadModel } from '../question'

interface Queries {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>
}

const rowsSql = ({ name, caseColumn, notCompared = [] }: CaseTable): string => {
  const left = notCompared.map((column) => ` - '${column}'`).join('')
  return `SELECT ${caseColumn} AS id, to_jsonb(t)${left} AS row FROM ${name} t WHERE ${caseColumn} = ANY($1::uuid[])`
}

/** The rows `{id, row}` of the cases `$1::uuid[]`, by case, in an order that does not depend on the database's collation. */
export const comparableRowsSql = ({ tables }: ReadModel): string =>
  `SELECT id, row FROM (${tables.map(rowsSql).join(' UNION ALL ')}) r ORDER BY id, row::text COLLATE "C"`

/** The rows of each of these cases as one text: equal texts are equal rows. A case without rows is absent. */
export async function comparableRows(
  manager: Queries,
  readModel: ReadModel,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await manager.query<{ id: string; row: unknown }[]>(comparableRowsSql(readModel), [caseIds])
  const texts = new Map<string, string>()
  for (const { id, row } of rows) texts.set(id, `${texts.get(id) ?? ''}${JSON.stringify(row)}\n`)
  return texts
}

/** The sums of a read model that differ from its rows, in one snapshot. */
export const wrongTotals = async (manager: Queries, { totals }: ReadModel): Promise<readonly unknown[]> =>
  totals === undefined ? [] : manager.query<unknown[]>(totals.differences)
