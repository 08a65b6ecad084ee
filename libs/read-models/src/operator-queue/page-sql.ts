import { FIRST_ID, LAST_ID } from '../cursor'
import { ITEM_COLUMNS } from './queue-item'

/** A way to sort a list: the column, its direction, and the rows that its index holds. */
export interface Order {
  readonly name: 'deadline' | 'risk' | 'finished'
  readonly descending: boolean
  /** Where a first page begins and a last one ends. */
  readonly start: { readonly key: number; readonly caseId: string }
  readonly page: string
  /** The same page where another column than the sorted one is bounded; undefined where there is none. */
  readonly narrow: string | undefined
}

const OPEN = `q.turn <> 'nobody'`
const BOUNDS = 'q.due_at >= $8 AND q.due_at < $9 AND q.risk_fen >= $10 AND q.risk_fen <= $11'
const KIND = '($7::smallint[] IS NULL OR q.kind_number = ANY($7))'
const LANES = `
  SELECT DISTINCT store, lane FROM queue_count WHERE org = $1 AND store = ANY($2::int[]) AND lane = ANY($3::smallint[])
    AND ($7::smallint[] IS NULL OR kind_number = ANY($7))`

/**
 * A page out of many lanes (store, turn, status), each of which the index has in order. First the head of every
 * lane; beyond the n-th head no row of a page of n can lie; then up to n rows of each lane until there. So a page
 * costs some index look-ups a lane, wherever it begins and however many rows there are.
 *
 * Parameters: 1 organisation, 2 stores, 3 lanes, 4 and 5 the place after which the page begins, 6 rows, 7 kinds or
 * null, and with bounds 8 and 9 due (from, before), 10 and 11 money at risk (from, to).
 */
function pageSql(column: string, descending: boolean, scope: string, bounds: string): string {
  const [after, reaching, direction] = descending ? ['<', '>=', 'DESC'] : ['>', '<=', 'ASC']
  const fromHead = descending ? '<=' : '>='
  const [lastKey, lastId] = descending ? ['-1', FIRST_ID] : ['9223372036854775807', LAST_ID]
  const end = `coalesce((SELECT key FROM reach), '${lastKey}'::bigint), coalesce((SELECT case_id FROM reach), '${lastId}'::uuid)`
  const lane = `q.org = $1 AND q.store = l.store AND q.lane = l.lane AND ${scope} AND ${KIND} AND ${bounds}`
  const inOrder = `ORDER BY q.${column} ${direction}, q.case_id ${direction}`
  return `
    WITH lanes AS MATERIALIZED (${LANES}), heads AS MATERIALIZED (
      SELECT l.store, l.lane, h.key, h.case_id FROM lanes l CROSS JOIN LATERAL (
        SELECT q.${column} AS key, q.case_id FROM queue_row q
        WHERE ${lane} AND (q.${column}, q.case_id) ${after} ($4::bigint, $5::uuid) ${inOrder} LIMIT 1) h
    ), reach AS MATERIALIZED (
      SELECT key, case_id FROM heads ORDER BY key ${direction}, case_id ${direction} OFFSET $6::int - 1 LIMIT 1
    ), near AS MATERIALIZED (
      SELECT * FROM heads WHERE (key, case_id) ${reaching} (${end})
    ), page AS MATERIALIZED (
      SELECT p.key, p.case_id FROM near l CROSS JOIN LATERAL (
        SELECT q.${column} AS key, q.case_id FROM queue_row q
        WHERE ${lane} AND (q.${column}, q.case_id) ${fromHead} (l.key, l.case_id) AND (q.${column}, q.case_id) ${reaching} (${end})
        ${inOrder} LIMIT $6::int) p
      ORDER BY p.key ${direction}, p.case_id ${direction} LIMIT $6::int
    )
    SELECT page.key AS sort_key, ${ITEM_COLUMNS} FROM page JOIN queue_row q ON q.case_id = page.case_id
    ORDER BY page.key ${direction}, page.case_id ${direction}`
}

/** More rows than this inside a bound are not gathered and sorted: then walking the sorted index finds a page soon. */
export const NARROW = 4_000

/**
 * A page where the bound is on the other column than the sorted one, e.g. "due within four hours, dearest first": takes
 * all rows inside the bound, by that column's index, and sorts them; `found` above `NARROW` says that these were too many.
 */
function narrowSql(column: string, descending: boolean, bounded: string): string {
  const [after, direction] = descending ? ['<', 'DESC'] : ['>', 'ASC']
  return `
    WITH lanes AS MATERIALIZED (${LANES}), found AS MATERIALIZED (
      SELECT f.key, f.case_id FROM lanes l CROSS JOIN LATERAL (
        SELECT q.${column} AS key, q.case_id FROM queue_row q
        WHERE q.org = $1 AND q.store = l.store AND q.lane = l.lane AND ${OPEN} AND ${KIND} AND ${BOUNDS}
        ORDER BY q.${bounded} LIMIT ${NARROW + 1}) f
      LIMIT ${NARROW + 1}
    ), page AS MATERIALIZED (
      SELECT key, case_id FROM found WHERE (key, case_id) ${after} ($4::bigint, $5::uuid) AND (SELECT count(*) FROM found) <= ${NARROW}
      ORDER BY key ${direction}, case_id ${direction} LIMIT $6::int
    )
    SELECT (SELECT count(*) FROM found) AS found, page.key AS sort_key, ${ITEM_COLUMNS}
    FROM (SELECT 1) AS always LEFT JOIN page ON true LEFT JOIN queue_row q ON q.case_id = page.case_id
    ORDER BY page.key ${direction}, page.case_id ${direction}`
}

const BEFORE_ALL = { key: -1, caseId: FIRST_ID }
const AFTER_ALL = { key: Number.MAX_SAFE_INTEGER, caseId: LAST_ID }

export const ORDERS: Readonly<Record<Order['name'], Order>> = {
  deadline: {
    name: 'deadline',
    descending: false,
    start: BEFORE_ALL,
    page: pageSql('due_at', false, OPEN, BOUNDS),
    narrow: narrowSql('due_at', false, 'risk_fen'),
  },
  risk: {
    name: 'risk',
    descending: true,
    start: AFTER_ALL,
    page: pageSql('risk_fen', true, OPEN, BOUNDS),
    narrow: narrowSql('risk_fen', true, 'due_at'),
  },
  finished: {
    name: 'finished',
    descending: true,
    start: AFTER_ALL,
    page: pageSql('updated_at', true, `q.turn = 'nobody'`, 'true'),
    narrow: undefined,
  },
}
