import type { DataSource } from 'typeorm'
import type { Instant, Turn } from '#after-sale'
import { DEFAULT_TERMS } from '#after-sale'
import { ALL_TURNS, turnOfLane } from '../operator-queue/lanes'
import { MANY_ATTEMPTS } from '../store-freshness/store-freshness'

/** The state of the whole deployment, over all organisations, for metrics and alerts: counts and ages in seconds. */
export interface DeploymentStatus {
  readonly pending: number
  readonly oldestPendingSeconds: number
  readonly quarantined: Readonly<Record<string, number>>
  readonly cases: Readonly<Record<Turn, number>>
  readonly deadlinesNear: Readonly<Record<'1h' | '6h', number>>
  readonly deadlinesMissed: number
  readonly effects: Readonly<Record<'ready' | 'sent' | 'in-doubt', number>>
  readonly oldestDoubtSeconds: number
  readonly tasks: Readonly<Record<string, number>>
  readonly readings: number
  /** Cases whose reading has failed several times. */
  readonly readingsFailing: number
  /** The stores that are read, neither paused nor removed; at most `MAX_STORES`, the one that is proven least recently first. */
  readonly stores: readonly {
    readonly store: number
    readonly provenSeconds: number
    readonly pulledSeconds: number | undefined
    readonly pushedSeconds: number | undefined
    /** Windows whose list has fewer rows than it claims. */
    readonly unprovenWindows: number
  }[]
}

/** Counting stops here: enough for an alert, at a bounded cost. */
const MAX_COUNT = 100_000
const MAX_PER_STORE = 10_000
const MAX_STORES = 1_000
const HOUR_MS = 3_600_000

// One statement reads one snapshot. Each part uses an index or reads a table that stays small.
const READ_STATUS = `
  SELECT
    (SELECT count(*) FROM (SELECT FROM pending LIMIT ${MAX_COUNT}) p)::int AS pending,
    (SELECT received_at FROM message WHERE id = (SELECT min(message_id) FROM pending)) AS oldest,
    (SELECT count(*) FROM (SELECT FROM reading LIMIT ${MAX_COUNT}) r)::int AS readings,
    (SELECT count(*) FROM (SELECT FROM reading WHERE failing_since IS NOT NULL AND attempts >= ${MANY_ATTEMPTS} LIMIT ${MAX_COUNT}) r)::int AS failing,
    (SELECT json_object_agg(reason, n) FROM (
      SELECT reason, count(*) AS n FROM (SELECT reason FROM quarantine LIMIT ${MAX_COUNT}) q GROUP BY reason) g) AS quarantined,
    (SELECT json_object_agg(lane, n) FROM (SELECT lane, sum(n)::bigint AS n FROM queue_count GROUP BY lane) g) AS lanes,
    (SELECT count(*) FROM effect WHERE state = 'ready')::int AS ready,
    (SELECT count(*) FROM effect WHERE state = 'sent')::int AS sent,
    (SELECT json_object_agg(reason, n) FROM (
      SELECT reason, count(*) FILTER (WHERE due_at <= $1) AS n FROM task GROUP BY reason) g) AS tasks,
    (SELECT count(*) FROM task WHERE reason = 'in-doubt')::int AS doubts,
    (SELECT min(due_at) FROM task WHERE reason = 'in-doubt') AS doubt,
    (SELECT json_agg(c) FROM (
      SELECT c.store, least(proven_until, u.oldest) AS proven, pulled_at AS pulled, pushed_at AS pushed, coalesce(u.windows, 0) AS unproven
      FROM pull_cursor c LEFT JOIN (
        SELECT store, min(from_at) AS oldest, count(*)::int AS windows FROM unproven_window GROUP BY store) u ON u.store = c.store
      WHERE NOT EXISTS (SELECT FROM store s WHERE s.id = c.store AND (s.paused_at IS NOT NULL OR s.removed_at IS NOT NULL))
      ORDER BY least(proven_until, u.oldest) LIMIT ${MAX_STORES}) c) AS stores`

const SIX_HOURS_MS = 6 * HOUR_MS

const COUNT_DEADLINES = `
  SELECT count(*) FILTER (WHERE due_at < $1::bigint)::int AS missed, count(*) FILTER (WHERE due_at >= $1 AND due_at < $1::bigint + ${HOUR_MS})::int AS hour,
    count(*) FILTER (WHERE due_at >= $1)::int AS six
  FROM (SELECT DISTINCT org, store FROM queue_count) s CROSS JOIN LATERAL (
    SELECT due_at FROM queue_row q
    WHERE q.org = s.org AND q.store = s.store AND q.turn = 'us' AND q.turn <> 'nobody' AND q.due_at < $1::bigint + ${SIX_HOURS_MS}
    ORDER BY q.due_at LIMIT ${MAX_PER_STORE}) d`

interface StatusRow {
  readonly pending: number
  readonly oldest: number | null
  readonly readings: number
  readonly failing: number
  readonly quarantined: Record<string, number> | null
  readonly lanes: Record<string, number> | null
  readonly ready: number
  readonly sent: number
  readonly tasks: Record<string, number> | null
  readonly doubts: number
  readonly doubt: number | null
  readonly stores:
    | readonly {
        readonly store: number
        readonly proven: number
        readonly pulled: number | null
        readonly pushed: number | null
        readonly unproven: number
      }[]
    | null
}

/** @param now UTC ms of the marketplaces' time, as all instants of cases are */
export async function readDeploymentStatus(database: DataSource, now: Instant): Promise<DeploymentStatus> {
  const [row, due] = await database.transaction(async (manager) => {
    // Monitoring must not add to the load of a deployment that is already slow.
    await manager.query(`SET LOCAL statement_timeout = '2s'`)
    const [statusRow] = await manager.query<StatusRow[]>(READ_STATUS, [now])
    const [deadlineRow] = await manager.query<{ missed: number; hour: number; six: number }[]>(COUNT_DEADLINES, [now])
    return [statusRow as StatusRow, deadlineRow ?? { missed: 0, hour: 0, six: 0 }] as const
  })
  const ageInSeconds = (at: number | null): number => (at === null ? 0 : Math.max(0, now - at) / 1_000)
  const optionalAge = (at: number | null): number | undefined => (at === null ? undefined : ageInSeconds(at))
  const cases = Object.fromEntries(ALL_TURNS.map((turn) => [turn, 0])) as Record<Turn, number>
  for (const [lane, n] of Object.entries(row.lanes ?? {})) {
    const turn = turnOfLane(Number(lane))
    if (turn !== undefined) cases[turn] += n
  }
  return {
    pending: row.pending,
    oldestPendingSeconds: ageInSeconds(row.oldest),
    // Reported even if zero: Prometheus cannot compute a rate from a series that begins with the first message.
    quarantined: { unintelligible: 0, ...row.quarantined },
    cases,
    deadlinesNear: { '1h': due.hour, '6h': due.six },
    deadlinesMissed: due.missed,
    effects: { ready: row.ready, sent: row.sent, 'in-doubt': row.doubts },
    // The task of a doubt is written when the doubt begins, and is due `doubtShown` later.
    oldestDoubtSeconds: row.doubt === null ? 0 : Math.max(0, now - (row.doubt - DEFAULT_TERMS.doubtShown)) / 1_000,
    tasks: row.tasks ?? {},
    readings: row.readings,
    readingsFailing: row.failing,
    stores: (row.stores ?? []).map(({ store, proven, pulled, pushed, unproven }) => ({
      store,
      provenSeconds: ageInSeconds(proven),
      pulledSeconds: optionalAge(pulled),
      pushedSeconds: optionalAge(pushed),
      unprovenWindows: unproven,
    })),
  }
}
