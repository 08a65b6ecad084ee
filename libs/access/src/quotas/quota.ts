import type { EntityManager } from 'typeorm'
import { prepared } from '#event-store'

/** How often something may be done in each span of time. Spans begin with the day in China, where the merchants are. */
export interface Quota {
  readonly most: number
  readonly spanMs: number
}

export type QuotaAnswer =
  | { readonly outcome: 'taken'; readonly left: number }
  /** `until`: when the next span begins, UTC ms. */
  | { readonly outcome: 'spent'; readonly until: number }

const CHINA_MS = 8 * 3_600_000

// By hand: one statement compares and counts, so that concurrent requests do not get past the limit.
const TAKE_FROM_QUOTA = prepared(`
  WITH earlier AS (DELETE FROM quota_use WHERE org = $1 AND scope = $2 AND span_start < $3)
  INSERT INTO quota_use AS q (org, scope, span_start, used) SELECT $1::int, $2::text, $3::bigint, 1 WHERE $4::int > 0
  ON CONFLICT (org, scope, span_start) DO UPDATE SET used = q.used + 1 WHERE q.used < $4::int
  RETURNING used`)

/**
 * Takes one of a quota, in the caller's transaction: rolled back, it was not taken. In the database, so for all processes
 * and across restarts.
 */
export async function takeFromQuota(
  database: Pick<EntityManager, 'query'>,
  org: number,
  scope: string,
  { most, spanMs }: Quota,
  now = Date.now(),
): Promise<QuotaAnswer> {
  const start = now - ((now + CHINA_MS) % spanMs)
  const [taken] = await database.query<{ used: number }[]>(TAKE_FROM_QUOTA, [org, scope, start, most])
  return taken === undefined
    ? { outcome: 'spent', until: start + spanMs }
    : { outcome: 'taken', left: most - taken.used }
}
