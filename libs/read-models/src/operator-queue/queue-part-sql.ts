import { ITEM_COLUMNS } from './queue-item'
import type { QueueOrder } from './queue-page-sql'
import { ROWS_IN_BOUNDS } from './queue-page-sql'

/** Which cases a filter names: these alone, or all but these. */
export type NamedCases = { readonly only: readonly string[] } | { readonly except: readonly string[] }

const NAMED = { only: 'q.case_id = ANY ($13::uuid[])', except: 'q.case_id <> ALL ($13::uuid[])' }

/** Parameters as for the strands of `queue-page-sql.ts`, and 13: the named cases. */
const OPEN_ROWS = `q.org = $1 AND (q.store + 0) = ANY ($2::int[]) AND q.turn = ANY ($12::text[]) AND q.turn <> 'nobody'
  AND ($3::smallint[] IS NULL OR q.lane = ANY ($3)) AND ($7::smallint[] IS NULL OR q.kind_number = ANY ($7))
  AND ${ROWS_IN_BOUNDS}`

/** Named cases are found by their ids; all but some are read along the index of everything open, and most of its rows count. */
const buildPartSql = (column: string, after: string, direction: string, named: keyof typeof NAMED): string => `
  SELECT q.${column} AS sort_key, ${ITEM_COLUMNS} FROM queue_row q
  WHERE ${OPEN_ROWS} AND ${NAMED[named]} AND (q.${column}, q.case_id) ${after} ($4::bigint, $5::uuid)
  ORDER BY q.${column} ${direction}, q.case_id ${direction} LIMIT $6::int`

const PART_PAGES = {
  deadline: { only: buildPartSql('due_at', '>', 'ASC', 'only'), except: buildPartSql('due_at', '>', 'ASC', 'except') },
  risk: {
    only: buildPartSql('risk_fen', '<', 'DESC', 'only'),
    except: buildPartSql('risk_fen', '<', 'DESC', 'except'),
  },
}

/** The statement of a page of open cases, and its last parameter. */
export function partPageOf(
  order: Exclude<QueueOrder['name'], 'finished'>,
  named: NamedCases,
): [string, readonly string[]] {
  return 'only' in named ? [PART_PAGES[order].only, named.only] : [PART_PAGES[order].except, named.except]
}

/** How many of the named cases there are by turn; 5: from now, 6: until when a case is due soon. */
export const COUNT_NAMED = `
  SELECT turn, count(*)::int AS n, count(*) FILTER (WHERE due_at < $5)::int AS overdue,
    count(*) FILTER (WHERE due_at >= $5 AND due_at < $6)::int AS soon
  FROM queue_row q
  WHERE q.org = $1 AND q.store = ANY ($2::int[]) AND q.lane = ANY ($3::smallint[])
    AND ($4::smallint[] IS NULL OR q.kind_number = ANY ($4)) AND q.case_id = ANY ($7::uuid[]) GROUP BY turn`
