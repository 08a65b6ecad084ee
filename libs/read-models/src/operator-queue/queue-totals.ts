import type { EntityManager } from 'typeorm'
import { uuidArray, numberArray, prepared } from '#event-store'
import type { Totals } from '../question'

/** A difference to add to a count: `n` cases more (negative: fewer) of a store, lane and kind. */
export interface CountDifference {
  readonly org: number
  readonly store: number
  readonly lane: number
  readonly kind: number
  readonly n: number
}

/** Adds the differences to the counts, in the transaction that changes the rows. */
export const addToCounts = (manager: EntityManager, differences: readonly CountDifference[]): Promise<unknown> =>
  manager.query(ADD_DIFFERENCES, [
    numberArray(differences.map((l) => l.org)),
    numberArray(differences.map((l) => l.store)),
    numberArray(differences.map((l) => l.lane)),
    numberArray(differences.map((l) => l.kind)),
    numberArray(differences.map((l) => l.n)),
  ])

// Concurrent transactions write to different shards: each locks the first free one until it ends, so two workers use only
// two shards. If all sixteen are locked, the transaction waits for the rows of the first, which is slower but correct.
// 7340031 is an arbitrary number that no other advisory lock uses.
const LOCK_SHARD = `
  WITH mine AS MATERIALIZED (
    SELECT s FROM generate_series(0, 15) AS s WHERE pg_try_advisory_xact_lock(7340031, s) LIMIT 1
  )`
const addSql = (differences: string): string => `
  INSERT INTO queue_count AS c (org, store, lane, kind_number, shard, n)
  SELECT d.org, d.store, d.lane, d.kind, coalesce((SELECT s FROM mine), 0), d.n FROM ${differences}
  ORDER BY 1, 2, 3, 4
  ON CONFLICT (org, store, lane, kind_number, shard) DO UPDATE SET n = c.n + excluded.n`

const ADD_DIFFERENCES = prepared(
  LOCK_SHARD +
    addSql(
      'unnest($1::int[], $2::int[], $3::smallint[], $4::smallint[], $5::bigint[]) AS d(org, store, lane, kind, n)',
    ),
)

const SUBTRACT_ROWS =
  LOCK_SHARD +
  addSql(`(SELECT org, store, lane, kind_number AS kind, -count(*) AS n FROM queue_row
    WHERE case_id = ANY($1::uuid[]) GROUP BY 1, 2, 3, 4) AS d`)

const FIND_DIFFERENCES = `
  SELECT org, store, lane, kind_number AS kind, sum(kept)::bigint AS kept, sum(counted)::bigint AS counted FROM (
    SELECT org, store, lane, kind_number, 0 AS kept, 1 AS counted FROM queue_row
    UNION ALL SELECT org, store, lane, kind_number, n, 0 FROM queue_count
  ) AS both_sides GROUP BY 1, 2, 3, 4 HAVING sum(kept) <> sum(counted)`

/** The counts of `queue_row` by store, lane and kind, kept in the shards of `queue_count`. */
export const queueTotals: Totals = {
  table: 'queue_count',
  subtract: async (manager, caseIds) => void (await manager.query(SUBTRACT_ROWS, [uuidArray(caseIds)])),
  differences: `${FIND_DIFFERENCES} ORDER BY 1, 2, 3, 4`,
  correct: `${LOCK_SHARD}, wrong AS MATERIALIZED (${FIND_DIFFERENCES})
    ${addSql('(SELECT org, store, lane, kind, counted - kept AS n FROM wrong) AS d')} RETURNING 1 AS corrected`,
}
