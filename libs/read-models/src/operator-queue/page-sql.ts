import { prepared } from '#event-store'
import { FIRST_ID, LAST_ID } from '../cursor'
import { ITEM_COLUMNS } from './queue-item'

/** A way to sort a list, with the statements that read a page of it. */
export interface Order {
  readonly name: 'deadline' | 'risk' | 'finished'
  /** Where a first page begins. */
  readonly start: { readonly key: number; readonly caseId: string }
  readonly page: string
  /** The page of chosen statuses or kinds. */
  readonly chosen: string
  /** The page of everything open in all stores. Parameters of its own: 1 organisation, 2 stores, 3 and 4 the place, 5 rows. */
  readonly everything?: string
  /** The page where few rows are within the bounds: they are gathered and sorted. */
  readonly rare?: string
}

/**
 * Parameters of all statements: 1 organisation, 2 stores, 3 lanes or null, 4 and 5 the place after which the page begins,
 * 6 rows, 7 kinds or null; of those of open cases also 8 and 9 due (from, before), 10 and 11 money at risk (from, to), 12 turns.
 */
interface IndexRanges {
  readonly from: string
  readonly columns: string
  /** Which rows (q) belong to a strand (l), and which are wanted of them. */
  readonly rows: string
}

const BOUNDS = 'q.due_at >= $8 AND q.due_at < $9 AND q.risk_fen >= $10 AND q.risk_fen <= $11'
// A page is a range of the sorted index: it begins after (4, 5), which is never before the bound, and ends at `far` at the
// latest. `+ 0` keeps the planner from using the bounds as further index conditions: the scan would begin or end at them,
// or another index be used and sorted, and a page would cost as much as all rows.
const BOUNDS_ALONG = BOUNDS.replace(/q\.(due_at|risk_fen)/g, '(q.$1 + 0)')

/** All open cases: a strand is a store and whose turn it is. */
const openWithin = (bounds: string): IndexRanges => ({
  from: 'SELECT s.store, t.turn FROM unnest($2::int[]) AS s(store), unnest($12::text[]) AS t(turn)',
  columns: 'l.store, l.turn',
  rows: `q.org = $1 AND q.store = l.store AND q.turn = l.turn AND q.turn <> 'nobody'
    AND ($3::smallint[] IS NULL OR q.lane = ANY($3)) AND ($7::smallint[] IS NULL OR q.kind_number = ANY($7)) AND ${bounds}`,
})

/** Cases of some lanes and kinds: a strand is a store, a lane and a kind, if it has cases. */
const lanesWithin = (bounds: string): IndexRanges => ({
  from: `SELECT DISTINCT store, lane, kind_number FROM queue_count WHERE org = $1 AND store = ANY($2::int[])
      AND lane = ANY($3::smallint[]) AND ($7::smallint[] IS NULL OR kind_number = ANY($7)) AND n <> 0`,
  columns: 'l.store, l.lane, l.kind_number',
  rows: `q.org = $1 AND q.store = l.store AND q.lane = l.lane AND q.kind_number = l.kind_number AND ${bounds}`,
})
const FINISHED = lanesWithin(`q.turn = 'nobody'`)
const CHOSEN = lanesWithin(`q.turn <> 'nobody' AND ${BOUNDS_ALONG}`)

/**
 * Merges a page of n rows from many strands (e.g. a store and a turn), each sorted by the index. It first reads a few rows of
 * every strand: no row of the page comes after the n-th of these. Then it reads the other rows up to there, from strands
 * that may have more. So a page costs some index look-ups a strand, wherever it begins.
 */
function pageSql(column: string, descending: boolean, far: string, { from, columns, rows }: IndexRanges): string {
  const [after, until, direction] = descending ? ['<', '>=', 'DESC'] : ['>', '<=', 'ASC']
  const reach = `(coalesce((SELECT key FROM reach), ${far}), coalesce((SELECT case_id FROM reach), '${FIRST_ID}'::uuid))`
  const inOrder = `ORDER BY q.${column} ${direction}, q.case_id ${direction}`
  const sorted = `ORDER BY key ${direction}, case_id ${direction}`
  return `
    WITH strands AS MATERIALIZED (${from}), few AS MATERIALIZED (
      SELECT greatest(1, ceil(2.0 * $6::int / greatest(1, count(*))))::int AS n FROM strands
    ), heads AS MATERIALIZED (
      SELECT ${columns}, h.* FROM strands l CROSS JOIN LATERAL (
        SELECT key, case_id, row_number() OVER (${sorted}) AS nth FROM (
          SELECT q.${column} AS key, q.case_id FROM queue_row q
          WHERE ${rows} AND (q.${column}, q.case_id) ${after} ($4::bigint, $5::uuid)
            AND (q.${column}, q.case_id) ${until} (${far}, '${FIRST_ID}'::uuid) ${inOrder} LIMIT (SELECT n FROM few)) f) h
    ), reach AS MATERIALIZED (
      SELECT key, case_id FROM heads ${sorted} OFFSET $6::int - 1 LIMIT 1
    ), page AS MATERIALIZED (
      SELECT key, case_id FROM heads WHERE (key, case_id) ${until} ${reach}
      UNION ALL
      SELECT p.key, p.case_id FROM heads l CROSS JOIN LATERAL (
        SELECT q.${column} AS key, q.case_id FROM queue_row q
        WHERE ${rows} AND (q.${column}, q.case_id) ${after} (l.key, l.case_id) AND (q.${column}, q.case_id) ${until} ${reach}
        ${inOrder} LIMIT $6::int) p
      WHERE l.nth = (SELECT n FROM few) AND (l.key, l.case_id) ${until} ${reach}
      ${sorted} LIMIT $6::int
    )
    SELECT page.key AS sort_key, ${ITEM_COLUMNS} FROM page JOIN queue_row q ON q.case_id = page.case_id
    ORDER BY page.key ${direction}, page.case_id ${direction}`
}

/**
 * A page where few rows match: all of them by another index than the sorted one, e.g. "due within four hours, dearest
 * first". With more than parameter 13 in `found` there were too many, and the page is empty.
 */
function rareSql(column: string, descending: boolean, gathered: string): string {
  const [after, direction] = descending ? ['<', 'DESC'] : ['>', 'ASC']
  return `
    WITH found AS MATERIALIZED (${gathered} LIMIT $13::int + 1), total AS MATERIALIZED (
      SELECT count(*) AS found FROM found
    ), page AS MATERIALIZED (
      SELECT f.${column} AS key, f.case_id FROM found f, total
      WHERE (f.${column}, f.case_id) ${after} ($4::bigint, $5::uuid) AND total.found <= $13::int
      ORDER BY 1 ${direction}, 2 ${direction} LIMIT $6::int
    )
    SELECT total.found, page.key AS sort_key, ${ITEM_COLUMNS}
    FROM total LEFT JOIN page ON true LEFT JOIN queue_row q ON q.case_id = page.case_id
    ORDER BY page.key ${direction}, page.case_id ${direction}`
}

/**
 * Everything open of an organisation is in the order of one index. The stores are compared all the same: a caller never sees
 * stores that it did not name. Written as a sum, so that the planner does not choose an index that begins with the store.
 */
const everythingSql = (column: string, after: string, direction: string): string => `
  SELECT q.${column} AS sort_key, ${ITEM_COLUMNS} FROM queue_row q
  WHERE q.org = $1 AND q.turn <> 'nobody' AND (q.store + 0) = ANY($2::int[]) AND (q.${column}, q.case_id) ${after} ($3::bigint, $4::uuid)
  ORDER BY q.${column} ${direction}, q.case_id ${direction} LIMIT $5::int`

const ALL = openWithin(BOUNDS)
const byBound = (bounded: string): string => `
  SELECT f.* FROM (${ALL.from}) l CROSS JOIN LATERAL (
    SELECT q.due_at, q.risk_fen, q.case_id FROM queue_row q WHERE ${ALL.rows} ORDER BY q.${bounded} LIMIT $13::int + 1) f`

const BEFORE_ALL = { key: -1, caseId: FIRST_ID }
const AFTER_ALL = { key: Number.MAX_SAFE_INTEGER, caseId: LAST_ID }

const FINISHED_PAGE = prepared(pageSql('updated_at', true, '-1::bigint', FINISHED))

export const ORDERS: Readonly<Record<Order['name'], Order>> = {
  deadline: {
    name: 'deadline',
    start: BEFORE_ALL,
    page: prepared(pageSql('due_at', false, '$9::bigint', openWithin(BOUNDS_ALONG))),
    chosen: prepared(pageSql('due_at', false, '$9::bigint', CHOSEN)),
    everything: prepared(everythingSql('due_at', '>', 'ASC')),
    rare: rareSql('due_at', false, byBound('risk_fen')),
  },
  risk: {
    name: 'risk',
    start: AFTER_ALL,
    page: prepared(pageSql('risk_fen', true, '$10::bigint', openWithin(BOUNDS_ALONG))),
    chosen: prepared(pageSql('risk_fen', true, '$10::bigint', CHOSEN)),
    everything: prepared(everythingSql('risk_fen', '<', 'DESC')),
    rare: rareSql('risk_fen', true, byBound('due_at')),
  },
  finished: { name: 'finished', start: AFTER_ALL, page: FINISHED_PAGE, chosen: FINISHED_PAGE },
}
