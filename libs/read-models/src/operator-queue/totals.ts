import type { EntityManager } from 'typeorm'
import { uuidArray, numberArray, prepared } from '#event-store'
import type { Totals } from '../question'

/** A difference to add to a count: `n` cases more (or fewer) of a store in a lane and of a kind. */
export interface CountDifference {
  readonly org: number
  readonly store: number
  readonly lane: number
  readonly kind: number
  readonly n: number
}

/** Adds the differences to the counts, in the transaction that changes the rows. */
export const moveCounts = (manager: EntityManager, differences: readonly CountDifference[]): Promise<unknown> =>
  manager.query(MOVE, [
    numberArray(differences.map((l) => l.org)),
    numberArray(differences.map((l) => l.store)),
    numberArray(differences.map((l) => l.lane)),
    numberArray(differences.map((l) => l.kind)),
    numberArray(differences.map((l) => l.n)),
  ])

// Transactions that count at the same time write to different shards: each holds the first free one until it ends. With
// two workers only two shards are used. If all sixteen are taken, it waits for the rows of the first, which is correct,
// too.
const SHARD = `
  WITH mine AS MATERIALIZED (
    SELECT s FROM generate_series(0, 15) AS s WHERE pg_try_advisory_xact_lock(7340031, s) LIMIT 1
  )`
const ADD = (differences: string): string => `
  INSERT INTO queue_count AS c (org, store, lane, kind_number, shard, n)
  SELECT d.org, d.store, d.lane, d.kind, coalesce((SELECT s FROM mine), 0), d.n FROM ${differences}
  ORDER BY 1, 2, 3, 4
  ON CONFLICT (org, store, lane, kind_number, shard) DO UPDATE SET n = c.n + excluded.n`

const MOVE = prepared(
  SHARD +
    ADD('unnest($1::int[], $2::int[], $3::smallint[], $4::smallint[], $5::bigint[]) AS d(org, store, lane, kind, n)'),
)

const SUBTRACT =
  SHARD +
  ADD(`(SELECT org, store, lane, kind_number AS kind, -count(*) AS n FROM queue_row
    WHERE case_id = ANY($1::uuid[]) GROUP BY 1, 2, 3, 4) AS d`)

const DIFFERENCES = `
  SELECT org, store, lane, kind_number AS kind, sum(kept)::bigint AS kept, sum(counted)::bigint AS counted FROM (
    SELECT org, store, lane, kind_number, 0 AS kept, 1 AS counted FROM queue_row
    UNION ALL SELECT org, store, lane, kind_number, n, 0 FROM queue_count
  ) AS both_sides GROUP BY 1, 2, 3, 4 HAVING sum(kept) <> sum(counted)`

/** The sums of `queue_count` over its shards, as `queue_row` has them. */
export const queueTotals: Totals = {
  table: 'queue_count',
  subtract: async (manager, caseIds) => void (await manager.query(SUBTRACT, [uuidArray(caseIds)])),
  differences: `${DIFFERENCES} ORDER BY 1, 2, 3, 4`,
  correct: `${SHARD}, wrong AS MATERIALIZED (${DIFFERENCES})
    ${ADD('(SELECT org, store, lane, kind, counted - kept AS n FROM wrong) AS d')} RETURNING 1 AS corrected`,
}
