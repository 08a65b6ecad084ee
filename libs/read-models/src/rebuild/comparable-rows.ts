/**
 * How the rows of some cases look, for holding two databases against each other: rows `{id, looks}` of the cases
 * `$1::uuid[]`, sorted. When a row was last touched is left out: a row made anew was touched now.
 */
export const COMPARABLE_ROWS_SQL: Readonly<Record<string, string>> = {
  'operator-queue': `SELECT case_id AS id, to_jsonb(q) - 'updated_at' AS looks FROM queue_row q WHERE case_id = ANY($1::uuid[]) ORDER BY case_id`,
  'case-search': `SELECT case_id AS id, to_jsonb(c) AS looks FROM case_search c WHERE case_id = ANY($1::uuid[]) ORDER BY case_id`,
  'shared-parcels': `SELECT case_id AS id, to_jsonb(p) AS looks FROM parcel_case p WHERE case_id = ANY($1::uuid[]) ORDER BY case_id, to_jsonb(p)::text`,
  tasks: `SELECT case_id AS id, to_jsonb(t) AS looks FROM task t WHERE case_id = ANY($1::uuid[]) ORDER BY case_id, intent`,
  'appeal-results': `SELECT stream AS id, to_jsonb(a) AS looks FROM appeal_result a WHERE stream = ANY($1::uuid[]) ORDER BY stream, appeal, kind`,
  'appeal-candidates': `SELECT case_id AS id, to_jsonb(c) AS looks FROM appeal_candidate c WHERE case_id = ANY($1::uuid[]) ORDER BY case_id`,
  'evidence-wanted': `SELECT case_id AS id, to_jsonb(w) AS looks FROM evidence_wanted w WHERE case_id = ANY($1::uuid[]) ORDER BY case_id, n`,
}
