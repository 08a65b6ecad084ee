import type { CaseTable, ReadModel } from '../question'

interface RowQueries {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>
}

const buildRowsSql = ({ name, caseColumn, notCompared = [] }: CaseTable): string => {
  const ignoredColumns = notCompared.map((column) => ` - '${column}'`).join('')
  return `SELECT ${caseColumn} AS id, to_jsonb(t)${ignoredColumns} AS row FROM ${name} t WHERE ${caseColumn} = ANY($1::uuid[])`
}

/** SQL for the rows `{id, row}` of the cases `$1::uuid[]`, sorted independently of the database's collation. */
export const buildComparableRowsSql = ({ tables }: ReadModel): string =>
  `SELECT id, row FROM (${tables.map(buildRowsSql).join(' UNION ALL ')}) r ORDER BY id, row::text COLLATE "C"`

/** The rows of each case as one text, so that equal texts mean equal rows. A case without rows is absent. */
export async function readComparableRows(
  manager: RowQueries,
  readModel: ReadModel,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await manager.query<{ id: string; row: unknown }[]>(buildComparableRowsSql(readModel), [caseIds])
  const textsByCase = new Map<string, string>()
  for (const { id, row } of rows) textsByCase.set(id, `${textsByCase.get(id) ?? ''}${JSON.stringify(row)}\n`)
  return textsByCase
}

/** The totals of a read model that differ from the sums of its rows, in one snapshot. */
export const findWrongTotals = async (manager: RowQueries, { totals }: ReadModel): Promise<readonly unknown[]> =>
  totals === undefined ? [] : manager.query<unknown[]>(totals.differences)
