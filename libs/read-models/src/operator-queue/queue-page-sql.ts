import { prepared } from '#event-store'
import { FIRST_ID, LAST_ID } from '../cursor'
import { ITEM_COLUMNS } from './queue-item'

/** A sort order of the queue, with the statements that read a page in it. */
export interface QueueOrder {
  readonly name: 'deadline' | 'risk' | 'finished'
  /** Where a first page begins. */
  readonly start: { readonly key: number; readonly caseId: string }
  readonly page: string
  /** The page with a filter by statuses or kinds. */
  readonly chosen: string
  /** The page of everything open in all stores. Its own parameters: 1 organisation, 2 stores, 3 and 4 position, 5 rows. */
  readonly everything?: string
  /** The page if only few rows are within the bounds: all are gathered and sorted. The last parameter: how many are few. */
  readonly rare?: string
  /** The same with a filter by statuses or kinds. */
  readonly rareChosen?: string
}

/**
 * Where the strands of a page are in the indexes, as parts of SQL. Parameters: 1 organisation, 2 stores, 3 lanes or null,
 * 4 and 5 the position after which the page begins, 6 rows, 7 kinds or null; for open cases also 8 and 9 due (from,
 * before), 10 and 11 money at risk (from, to), 12 turns.
 */
interface StrandSql {
  readonly from: string
  readonly columns: string
  /** The condition for the rows (q) of a strand (l) that the page may show. */
  readonly rows: string
}

export const ROWS_IN_BOUNDS = 'q.due_at >= $8 AND q.due_at < $9 AND q.risk_fen >= $10 AND q.risk_fen <= $11'
// A page is a range of the sorted index: it begins after (4, 5), which is never before the bound, and ends at `far` at the
// latest. `+ 0` hides the bounds from the planner. With them as index conditions it would scan from the bound on, or sort
// the rows of another index, and a page would cost as much as all rows.
const BOUNDS_ALONG = ROWS_IN_BOUNDS.replace(/q\.(due_at|risk_fen)/g, '(q.$1 + 0)')

/** Strands of all open cases: one for each store and turn. */
const openStrands = (bounds: string): StrandSql => ({
  from: 'SELECT s.store, t.turn FROM unnest($2::int[]) AS s(store), unnest($12::text[]) AS t(turn)',
  columns: 'l.store, l.turn',
  rows: `q.org = $1 AND q.store = l.store AND q.turn = l.turn AND q.turn <> 'nobody'
    AND ($3::smallint[] IS NULL OR q.lane = ANY($3)) AND ($7::smallint[] IS NULL OR q.kind_number = ANY($7)) AND ${bounds}`,
})

/** Strands of some lanes and kinds: one for each store, lane and kind with cases. */
const laneStrands = (bounds: string): StrandSql => ({
  from: `SELECT DISTINCT store, lane, kind_number FROM queue_count WHERE org = $1 AND store = ANY($2::int[])
      AND lane = ANY($3::smallint[]) AND ($7::smallint[] IS NULL OR kind_number = ANY($7)) AND n <> 0`,
  columns: 'l.store, l.lane, l.kind_number',
  rows: `q.org = $1 AND q.store = l.store AND q.lane = l.lane AND q.kind_number = l.kind_number AND ${bounds}`,
})
const FINISHED_LANES = laneStrands(`q.turn = 'nobody'`)
const OPEN_LANES = laneStrands(`q.turn <> 'nobody' AND ${BOUNDS_ALONG}`)
const OPEN_LANES_BOUNDED = laneStrands(`q.turn <> 'nobody' AND ${ROWS_IN_BOUNDS}`)

/**
 * Merges a page of n rows from many strands, each of which an index has in order. First it reads a few rows of every
 * strand: no row of the page comes after the n-th of these. Then it reads the rows up to there of the strands that may have
 * more. So a page costs a few index look-ups for each strand, wherever it begins.
 *
 * `reach` is complete in a step of its own: under row-level security a condition with `coalesce` in it bounds no index scan,
 * as the server does not count it among those that reveal nothing of other rows.
 */
function buildPageSql(
  column: string,
  descending: boolean,
  lastKey: string,
  { from, columns, rows }: StrandSql,
): string {
  const [after, notAfter, direction] = descending ? ['<', '>=', 'DESC'] : ['>', '<=', 'ASC']
  const reach = '((SELECT key FROM reach), (SELECT case_id FROM reach))'
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
            AND (q.${column}, q.case_id) ${notAfter} (${lastKey}, '${FIRST_ID}'::uuid) ${inOrder} LIMIT (SELECT n FROM few)) f) h
    ), nth AS MATERIALIZED (
      SELECT key, case_id FROM heads ${sorted} OFFSET $6::int - 1 LIMIT 1
    ), reach AS MATERIALIZED (
      SELECT coalesce((SELECT key FROM nth), ${lastKey}) AS key, coalesce((SELECT case_id FROM nth), '${FIRST_ID}'::uuid) AS case_id
    ), page AS MATERIALIZED (
      SELECT key, case_id FROM heads WHERE (key, case_id) ${notAfter} ${reach}
      UNION ALL
      SELECT p.key, p.case_id FROM heads l CROSS JOIN LATERAL (
        SELECT q.${column} AS key, q.case_id FROM queue_row q
        WHERE ${rows} AND (q.${column}, q.case_id) ${after} (l.key, l.case_id) AND (q.${column}, q.case_id) ${notAfter} ${reach}
        ${inOrder} LIMIT $6::int) p
      WHERE l.nth = (SELECT n FROM few) AND (l.key, l.case_id) ${notAfter} ${reach}
      ${sorted} LIMIT $6::int
    )
    SELECT page.key AS sort_key, ${ITEM_COLUMNS} FROM page JOIN queue_row q ON q.case_id = page.case_id
    ORDER BY page.key ${direction}, page.case_id ${direction}`
}

/**
 * A page if few rows match, e.g. "due within four hours, most money first": all are read by the index of the bound and
 * sorted. If `found` is greater than `most` (a parameter), there were too many, and the page is empty.
 */
function buildRareSql(column: string, descending: boolean, bounded: string, strands: StrandSql, most: string): string {
  const [after, direction] = descending ? ['<', 'DESC'] : ['>', 'ASC']
  return `
    WITH found AS MATERIALIZED (
      SELECT f.* FROM (${strands.from}) l CROSS JOIN LATERAL (
        SELECT q.due_at, q.risk_fen, q.case_id FROM queue_row q WHERE ${strands.rows} ORDER BY q.${bounded} LIMIT ${most}::int + 1) f
      LIMIT ${most}::int + 1
    ), total AS MATERIALIZED (
      SELECT count(*) AS found FROM found
    ), page AS MATERIALIZED (
      SELECT f.${column} AS key, f.case_id FROM found f, total
      WHERE (f.${column}, f.case_id) ${after} ($4::bigint, $5::uuid) AND total.found <= ${most}::int
      ORDER BY 1 ${direction}, 2 ${direction} LIMIT $6::int
    )
    SELECT total.found, page.key AS sort_key, ${ITEM_COLUMNS}
    FROM total LEFT JOIN page ON true LEFT JOIN queue_row q ON q.case_id = page.case_id
    ORDER BY page.key ${direction}, page.case_id ${direction}`
}

/**
 * One index has everything open of an organisation in order. The stores are compared nevertheless, so that a caller sees
 * only stores that it named; as a sum, so that the planner does not choose an index that begins with the store.
 */
const buildEverythingSql = (column: string, after: string, direction: string): string => `
  SELECT q.${column} AS sort_key, ${ITEM_COLUMNS} FROM queue_row q
  WHERE q.org = $1 AND q.turn <> 'nobody' AND (q.store + 0) = ANY($2::int[]) AND (q.${column}, q.case_id) ${after} ($3::bigint, $4::uuid)
  ORDER BY q.${column} ${direction}, q.case_id ${direction} LIMIT $5::int`

const EVERYTHING_OPEN = openStrands(ROWS_IN_BOUNDS)

const BEFORE_ALL = { key: -1, caseId: FIRST_ID }
const AFTER_ALL = { key: Number.MAX_SAFE_INTEGER, caseId: LAST_ID }

const FINISHED_PAGE = prepared(buildPageSql('updated_at', true, '-1::bigint', FINISHED_LANES))

export const QUEUE_ORDERS: Readonly<Record<QueueOrder['name'], QueueOrder>> = {
  deadline: {
    name: 'deadline',
    start: BEFORE_ALL,
    page: prepared(buildPageSql('due_at', false, '$9::bigint', openStrands(BOUNDS_ALONG))),
    chosen: prepared(buildPageSql('due_at', false, '$9::bigint', OPEN_LANES)),
    everything: prepared(buildEverythingSql('due_at', '>', 'ASC')),
    rare: buildRareSql('due_at', false, 'risk_fen', EVERYTHING_OPEN, '$13'),
    rareChosen: buildRareSql('due_at', false, 'risk_fen', OPEN_LANES_BOUNDED, '$12'),
  },
  risk: {
    name: 'risk',
    start: AFTER_ALL,
    page: prepared(buildPageSql('risk_fen', true, '$10::bigint', openStrands(BOUNDS_ALONG))),
    chosen: prepared(buildPageSql('risk_fen', true, '$10::bigint', OPEN_LANES)),
    everything: prepared(buildEverythingSql('risk_fen', '<', 'DESC')),
    rare: buildRareSql('risk_fen', true, 'due_at', EVERYTHING_OPEN, '$13'),
    rareChosen: buildRareSql('risk_fen', true, 'due_at', OPEN_LANES_BOUNDED, '$12'),
  },
  finished: { name: 'finished', start: AFTER_ALL, page: FINISHED_PAGE, chosen: FINISHED_PAGE },
}
