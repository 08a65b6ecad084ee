import type { EntityManager } from 'typeorm'
import { In } from 'typeorm'
import type { Ledger } from '../author'
import { AppealResultEntity } from './appeal-result.entity'

export type AppealResultRow = AppealResultEntity

/**
 * Inserts filed items, and updates the result of those that were decided since. Sorted by key, so that two batches with the same
 * rows cannot deadlock. By hand: a set of rows in one statement of the batch.
 */
export async function upsertAppealResults(manager: EntityManager, rows: readonly AppealResultRow[]): Promise<void> {
  if (rows.length > 0) await manager.query(UPSERT_RESULT, [JSON.stringify(rows)])
}

const UPSERT_RESULT = `
  INSERT INTO appeal_result (stream, appeal, kind, org, store, filed_at, claimed, result, recovered, decided_at)
  SELECT * FROM json_to_recordset($1::json) AS r(stream uuid, appeal text, kind text, org int, store int, "filedAt" bigint,
    claimed bigint, result text, recovered bigint, "decidedAt" bigint) ORDER BY 1, 2, 3
  ON CONFLICT (stream, appeal, kind) DO UPDATE
    SET result = excluded.result, recovered = excluded.recovered, decided_at = excluded.decided_at`

/** All appeal items of these stores, oldest first. */
export const appealResultsOfStores = (ledger: Ledger, stores: readonly number[]): Promise<AppealResultRow[]> =>
  stores.length === 0
    ? Promise.resolve([])
    : ledger.getRepository(AppealResultEntity).find({
        where: { store: In(stores) },
        order: { store: 'ASC', filedAt: 'ASC', stream: 'ASC', appeal: 'ASC', kind: 'ASC' },
      })
