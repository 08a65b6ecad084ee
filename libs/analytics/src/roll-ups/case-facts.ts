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

/** The roll-ups, as the facts add up to them. */
const rollUpTotals: Totals = {
  table: 'measure_day',
  subtract: subtractFacts,
  differences: `${FIND_DIFFERENCES} ORDER BY ${CELL_KEY_COLUMNS}`,
  correct: `WITH wrong AS MATERIALIZED (${FIND_DIFFERENCES})
    ${addCellsSql(`SELECT ${CELL_KEY_COLUMNS}, counted - kept AS n FROM wrong`)} RETURNING 1 AS corrected`,
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
