import type { ReadModel, Totals } from '#read-models'
import { ALL_FACT_TABLES } from '../facts/fact-tables'
import { addCellsSql, applyFacts, subtractFacts } from './apply-facts'
import { CELL_KEY, cellsSql } from './cells-sql'

const CELL_KEY_COLUMNS = CELL_KEY.join(', ')

const COUNTED_CELLS_SQL = ALL_FACT_TABLES.map((table) => cellsSql(table, table.name, 1)).join(' UNION ALL ')

const FIND_DIFFERENCES = `
  SELECT ${CELL_KEY_COLUMNS}, sum(kept)::bigint AS kept, sum(counted)::bigint AS counted FROM (
    SELECT ${CELL_KEY_COLUMNS}, n AS kept, 0::bigint AS counted FROM measure_day
    UNION ALL SELECT ${CELL_KEY_COLUMNS}, 0, n FROM (${COUNTED_CELLS_SQL}) AS c
  ) AS both_sides GROUP BY ${CELL_KEY_COLUMNS} HAVING sum(kept) <> sum(counted)`

const sameCell = (one: string, other: string): string =>
  CELL_KEY.map((column) => `${one}.${column} = ${other}.${column}`).join(' AND ')

/** The roll-ups, as the facts add up to them. */
const rollUpTotals: Totals = {
  table: 'measure_day',
  subtract: subtractFacts,
  differences: `${FIND_DIFFERENCES} ORDER BY ${CELL_KEY_COLUMNS}`,
  // A cell to which nothing adds up is removed, unless it moves at this moment: then the difference is added as to the others.
  correct: `WITH wrong AS MATERIALIZED (${FIND_DIFFERENCES}),
    removed AS (DELETE FROM measure_day USING wrong WHERE counted = 0 AND measure_day.n = kept AND ${sameCell('measure_day', 'wrong')}
      RETURNING ${CELL_KEY.map((column) => `measure_day.${column}`).join(', ')}),
    added AS (${addCellsSql(
      `SELECT ${CELL_KEY_COLUMNS}, counted - kept AS n FROM wrong
        WHERE NOT EXISTS (SELECT FROM removed WHERE ${sameCell('removed', 'wrong')})`,
    )} RETURNING 1)
    SELECT 1 AS corrected FROM removed UNION ALL SELECT 1 FROM added`,
}

/**
 * Facts and roll-ups with all that is needed to rebuild and to compare them, as a question's rows (`libs/read-models`). Unlike those
 * they are not written in the transaction that changes a case, which would then take longer, but by `FollowCases` a moment later.
 */
export const caseFacts: ReadModel = {
  name: 'case-facts',
  tables: [
    { name: 'case_fact', caseColumn: 'case_id' },
    { name: 'action_fact', caseColumn: 'case_id' },
    { name: 'appeal_fact', caseColumn: 'case_id' },
    { name: 'deadline_fact', caseColumn: 'case_id' },
  ],
  totals: rollUpTotals,
  apply: (manager, changes) =>
    applyFacts(
      manager,
      changes.map(({ id, org, store, after }) => ({ id, org, store, afterSale: after })),
    ),
}
