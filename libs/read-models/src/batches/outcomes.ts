/**
 * What became of one case of a batch. `waiting`: not requested yet. `accepted`: requested, not answered by the marketplace.
 * `by-hand`: a person does it. `done`: the marketplace has accepted or shows it. `stale`: the case had changed. `not-done`: it
 * did not happen, or something else did.
 */
export const BATCH_OUTCOMES = [
  'waiting',
  'accepted',
  'by-hand',
  'done',
  'refused-by-us',
  'refused-by-platform',
  'stale',
  'in-doubt',
  'not-done',
  'recalled',
] as const

export type BatchOutcome = (typeof BATCH_OUTCOMES)[number]

/** What can be tried again as a new set. What is in doubt is not: it may have happened. */
export const FAILED_OUTCOMES: readonly BatchOutcome[] = ['refused-by-us', 'refused-by-platform', 'stale', 'not-done']

/** Items (i) of a batch (`$1`) with their outcomes, of some stores (`$2`) or of all. `held`: it has not left yet. */
export const ITEMS_WITH_OUTCOMES = `
  SELECT i.*, e.ended_text AS text, t.code, i.state = 'ready' OR (i.state = 'taken' AND e.state IN ('ready', 'by-hand')) AS held, CASE
    WHEN i.state = 'ready' THEN 'waiting'
    WHEN i.state = 'refused' THEN 'refused-by-us'
    WHEN i.state = 'recalled' THEN 'recalled'
    WHEN e.state = 'ready' THEN 'accepted'
    WHEN t.state IN ('answered', 'attested', 'confirmed') THEN 'done'
    WHEN t.state = 'refused' THEN 'refused-by-platform'
    WHEN t.state = 'stale' THEN 'stale'
    WHEN t.state = 'in-doubt' THEN 'in-doubt'
    WHEN t.state IN ('lapsed', 'overtaken') THEN 'not-done'
    WHEN t.state = 'withdrawn' THEN 'recalled'
    WHEN e.state = 'by-hand' THEN 'by-hand'
    ELSE 'accepted' END AS outcome
  FROM action_batch_item i
  LEFT JOIN effect e ON i.state = 'taken' AND e.stream = i.case_id AND e.intent = i.intent::text
  LEFT JOIN LATERAL (
    SELECT x ->> 'state' AS state, x ->> 'code' AS code
    FROM stream s CROSS JOIN LATERAL json_array_elements(s.state -> 'intents') AS x
    WHERE i.state = 'taken' AND e.state IS DISTINCT FROM 'ready' AND s.id = i.case_id AND x ->> 'id' = i.intent::text
  ) t ON true
  WHERE i.batch = $1 AND ($2::int[] IS NULL OR i.store = ANY ($2))`

/** Of these items (o) of a batch (`$1`): those that no started retry of the batch has taken over. */
export const NOT_RETRIED = `NOT EXISTS (
  SELECT FROM action_batch r JOIN action_batch_item x ON x.batch = r.id AND x.case_id = o.case_id
  WHERE r.retry_of = $1 AND r.org = o.org AND r.started_at IS NOT NULL AND x.state IN ('ready', 'taken'))`
