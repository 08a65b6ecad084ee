import type { DataSource } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import type { Change, Projection } from '#event-store'

const TABLES = [
  'queue_row',
  'queue_count',
  'case_search',
  'parcel_case',
  'task',
  'appeal_result',
  'appeal_candidate',
  'evidence_wanted',
]
const EMPTY = TABLES.map((table) => `DELETE FROM ${table}`)
const NEXT = `
  SELECT id, org, store, state, (SELECT max(recorded_at) FROM event e WHERE e.stream = s.id) AS at
  FROM stream s WHERE id > $1 ORDER BY id LIMIT $2`
const BATCH = 1_000

interface Row extends Omit<Change<AfterSaleCase>, 'before' | 'after'> {
  readonly state: AfterSaleCase
}

/**
 * Makes every read model anew from the cases as they stand, in one transaction that keeps writers waiting and readers
 * on what was there before. For a new or changed question; answers how many cases there are.
 */
export async function rebuildReadModels(
  database: DataSource,
  projections: readonly Projection<AfterSaleCase>[],
): Promise<number> {
  return database.transaction(async (manager) => {
    await manager.query('LOCK TABLE stream IN SHARE ROW EXCLUSIVE MODE')
    for (const statement of EMPTY) await manager.query(statement)
    let last = '00000000-0000-0000-0000-000000000000'
    let cases = 0
    for (;;) {
      const rows = await manager.query<Row[]>(NEXT, [last, BATCH])
      const newest = rows.at(-1)
      if (newest === undefined) return cases
      const changes = rows.map(({ state, ...row }) => ({ ...row, before: undefined, after: state }))
      for (const projection of projections) await projection.apply(manager, changes)
      last = newest.id
      cases += rows.length
    }
  })
}
