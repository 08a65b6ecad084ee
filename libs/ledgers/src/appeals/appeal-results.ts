import type { EntityManager } from 'typeorm'

/** One item of an appeal as it stands. Instants UTC ms, amounts fen; null: nobody said, or not yet. */
export interface AppealResultRow {
  readonly stream: string
  readonly appeal: string
  readonly kind: string
  readonly org: number
  readonly store: number
  readonly filed_at: number
  readonly claimed: number | null
  readonly result: string
  readonly recovered: number | null
  readonly decided_at: number | null
}

interface Queries {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>
}

/** Items that were filed, and items that were decided since. */
export async function writeAppealResults(manager: EntityManager, rows: readonly AppealResultRow[]): Promise<void> {
  if (rows.length > 0) await manager.query(WRITE, [JSON.stringify(rows)])
}

const WRITE = `
  INSERT INTO appeal_result (stream, appeal, kind, org, store, filed_at, claimed, result, recovered, decided_at)
  SELECT * FROM json_to_recordset($1::json) AS r(stream uuid, appeal text, kind text, org int, store int, filed_at bigint,
    claimed bigint, result text, recovered bigint, decided_at bigint) ORDER BY 1, 2, 3
  ON CONFLICT (stream, appeal, kind) DO UPDATE
    SET result = excluded.result, recovered = excluded.recovered, decided_at = excluded.decided_at`

/** All that these stores ever appealed, oldest first. */
export const appealResultsAt = (database: Queries, stores: readonly number[]): Promise<AppealResultRow[]> =>
  stores.length === 0
    ? Promise.resolve([])
    : database.query(
        'SELECT * FROM appeal_result WHERE store = ANY($1::int[]) ORDER BY store, filed_at, stream, appeal, kind',
        [stores],
      )
