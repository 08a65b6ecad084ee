import type { ReadModel, Totals } from '#read-models'
import { ALL_FACT_TABLES } from '../facts/fact-tables'
import { addCellsSql, applyFacts, subtractFacts } from './apply-facts'
import { CELL_KEY, cellsSql } from './cells-sql'

const KEY = CELL_KEY.join(', ')

const COUNTED = ALL_FACT_TABLES.map((table) => cellsSql(table, table.name, 1)).join(' UNION ALL ')

const DIFFERENCES = `
  SELECT ${KEY}, sum(kept)::bigint AS kept, sum(counted)::bigint AS counted FROM (
    SELECT ${KEY}, n AS kept, 0::bigint AS counted FROM measure_day
    UNION ALL SELECT ${KEY}, 0, n FROM (${COUNTED}) AS c
  ) AS both_sides GROUP BY ${KEY} HAVING sum(kept) <> sum(counted)`

/** The roll-ups, as the facts add up to them. */
const rollUpTotals: Totals = {
  table: 'measure_day',
  subtract: subtractFacts,
  differences: `${DIFFERENCES} ORDER BY ${KEY}`,
  correct: `WITH wrong AS MATERIALIZED (${DIFFERENCES})
    ${addCellsSql(`SELECT ${KEY}, counted - kept AS n FROM wrong`)} RETURNING 1 AS corrected`,
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
