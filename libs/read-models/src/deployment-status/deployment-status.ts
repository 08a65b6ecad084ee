import type { DataSource } from 'typeorm'
import type { Instant, Turn } from '#after-sale'
import { DEFAULT_TERMS } from '#after-sale'
import { ALL_TURNS, turnOfLane } from '../operator-queue/lanes'
import { MANY_ATTEMPTS } from '../store-freshness/store-freshness'

/** The state of the whole deployment, over all organisations, for its operators: counts and ages (s), no personal data. */
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
  /** The stalest first, at most `MOST_STORES`. */
  readonly stores: readonly {
    readonly store: number
    readonly provenSeconds: number
    readonly pulledSeconds: number | undefined
    readonly pushedSeconds: number | undefined
    /** Windows whose list did not show what it claims. */
    readonly unprovenWindows: number
  }[]
}

/** Counts stop here: enough for an alert, at a bounded cost. */
const MOST = 100_000
const MAX_PER_STORE = 10_000
const MOST_STORES = 1_000
const HOUR = 3_600_000

// Each part uses an index or reads a table that stays small. One statement, so one snapshot.
const STATUS = `
  SELECT
    (SELECT count(*) FROM (SELECT FROM pending LIMIT ${MOST}) p)::int AS pending,
    (SELECT received_at FROM message WHERE id = (SELECT min(message_id) FROM pending)) AS oldest,
    (SELECT count(*) FROM (SELECT FROM reading LIMIT ${MOST}) r)::int AS readings,
    (SELECT count(*) FROM (SELECT FROM reading WHERE failing_since IS NOT NULL AND attempts >= ${MANY_ATTEMPTS} LIMIT ${MOST}) r)::int AS failing,
    (SELECT json_object_agg(reason, n) FROM (
      SELECT reason, count(*) AS n FROM (SELECT reason FROM quarantine LIMIT ${MOST}) q GROUP BY reason) g) AS quarantined,
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
      ORDER BY least(proven_until, u.oldest) LIMIT ${MOST_STORES}) c) AS stores`

const SIX_HOURS = 6 * HOUR

const DUE = `
  SELECT count(*) FILTER (WHERE due_at < $1::bigint)::int AS missed, count(*) FILTER (WHERE due_at >= $1 AND due_at < $1::bigint + ${HOUR})::int AS hour,
    count(*) FILTER (WHERE due_at >= $1)::int AS six
  FROM (SELECT DISTINCT org, store FROM queue_count) s CROSS JOIN LATERAL (
    SELECT due_at FROM queue_row q
    WHERE q.org = s.org AND q.store = s.store AND q.turn = 'us' AND q.turn <> 'nobody' AND q.due_at < $1::bigint + ${SIX_HOURS}
    ORDER BY q.due_at LIMIT ${MAX_PER_STORE}) d`

interface Row {
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
export async function deploymentStatus(database: DataSource, now: Instant): Promise<DeploymentStatus> {
  const [row, due] = await database.transaction(async (manager) => {
    // Monitoring must not add to the load: a deployment in trouble answers late or not at all.
    await manager.query(`SET LOCAL statement_timeout = '2s'`)
    const [one] = await manager.query<Row[]>(STATUS, [now])
    const [two] = await manager.query<{ missed: number; hour: number; six: number }[]>(DUE, [now])
    return [one as Row, two ?? { missed: 0, hour: 0, six: 0 }] as const
  })
  const age = (at: number | null): number => (at === null ? 0 : Math.max(0, now - at) / 1_000)
  const ageIfAny = (at: number | null): number | undefined => (at === null ? undefined : age(at))
  const cases = Object.fromEntries(ALL_TURNS.map((turn) => [turn, 0])) as Record<Turn, number>
  for (const [lane, n] of Object.entries(row.lanes ?? {})) {
    const turn = turnOfLane(Number(lane))
    if (turn !== undefined) cases[turn] += n
  }
  return {
    pending: row.pending,
    oldestPendingSeconds: age(row.oldest),
    // Zero is reported too, so that a rate can be computed.
    quarantined: { unintelligible: 0, ...row.quarantined },
    cases,
    deadlinesNear: { '1h': due.hour, '6h': due.six },
    deadlinesMissed: due.missed,
    effects: { ready: row.ready, sent: row.sent, 'in-doubt': row.doubts },
    // The task row of a doubt exists from its beginning, and is due `doubtShown` later.
    oldestDoubtSeconds: row.doubt === null ? 0 : Math.max(0, now - (row.doubt - DEFAULT_TERMS.doubtShown)) / 1_000,
    tasks: row.tasks ?? {},
    readings: row.readings,
    readingsFailing: row.failing,
    stores: (row.stores ?? []).map(({ store, proven, pulled, pushed, unproven }) => ({
      store,
      provenSeconds: age(proven),
      pulledSeconds: ageIfAny(pulled),
      pushedSeconds: ageIfAny(pushed),
      unprovenWindows: unproven,
    })),
  }
}
