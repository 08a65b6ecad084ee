import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { Instant } from '#after-sale'

/**
 * How fresh a store is: `behind` by minutes; `blind` without proof for long; `reauthorise` without a valid token; `paused` and
 * `removed` by people, so it is not read.
 */
export type Freshness = 'fresh' | 'behind' | 'blind' | 'reauthorise' | 'paused' | 'removed'

/** A store to report on; the caller gives what read models do not know. */
export interface StoreToReport {
  readonly id: number
  readonly app: number
  readonly authorised: boolean
  /** People have paused or removed it. */
  readonly suspension?: 'paused' | 'removed' | undefined
}

/** Windows whose list has fewer rows than it claims. They are read again until they are complete. */
export interface UnprovenWindows {
  readonly windows: number
  /** Of the oldest window: its beginning, since when it is unproven, when it was last read and how often. */
  readonly from: Instant
  readonly since: Instant
  readonly triedAt: Instant
  readonly attempts: number
  /** How many rows its list claimed (null: unreadable) and contained when last read, and what is wrong with it. */
  readonly claimed: number | null
  readonly seen: number
  readonly why: string
}

/** How far the cases of a store are proven complete. Instants in UTC ms; counts are of the last 24 hours. */
export interface StoreFreshness {
  readonly store: number
  readonly state: Freshness
  readonly provenUntil: Instant | null
  readonly lastPushAt: Instant | null
  readonly lastPullAt: Instant | null
  /** Only pushes among the newest `MAX_SCANNED_MESSAGES` messages of all stores are counted. */
  readonly pushes24h: number
  /** Cases whose push came late, cases that no push reported, and pushed cases that the list does not have. */
  readonly late: number
  readonly missing: number
  readonly extra: number
  /** Why the last pull or reading failed, else why a window is unproven. */
  readonly trouble: string | null
  /** The unproven windows; null: none. A store with an unproven window is not fresh. */
  readonly unproven: UnprovenWindows | null
  /** Cases whose reading has failed several times, and since when the first of them fails. */
  readonly unread: { readonly cases: number; readonly since: Instant | null }
  /** The persistent connection of the store's app; null: it has none. */
  readonly messages: { readonly connected: boolean; readonly since: Instant } | null
  /** How far its list has been read: since the oldest change, until now, and how many cases there are. */
  readonly reading: { readonly from: Instant | null; readonly until: Instant | null; readonly cases: number }
}

export class StoreFreshnessQuery extends Query<readonly StoreFreshness[]> {
  constructor(
    readonly org: number,
    readonly stores: readonly StoreToReport[],
    readonly now: Instant,
  ) {
    super()
  }
}

/** Stores are pulled every few seconds, so a store that is proven less recently is shown as behind. */
export const FRESH_MS = 2 * 60_000
/** After half an hour without proof, cases may be missing from what is shown. */
export const UNTRUSTED_AFTER_MS = 30 * 60_000
/** A single failure is usually temporary; this many in a row are not. */
export const MANY_ATTEMPTS = 3
/** Cases are counted as far as this. */
export const MOST_COUNTED = 1_000
const DAY_MS = 24 * 3_600_000
/** Pushes are counted by scanning the newest messages: a counter or an index would slow down every message. */
export const MAX_SCANNED_MESSAGES = 20_000

/**
 * Derives how fresh a store is. A lost authorisation comes first, because only a person can restore it. An unproven window
 * puts the store behind at once, however recent it is.
 */
export function freshnessOf(
  authorised: boolean,
  provenUntil: Instant | null,
  now: Instant,
  hasUnproven = false,
): Freshness {
  if (!authorised) return 'reauthorise'
  if (provenUntil === null || now - provenUntil > UNTRUSTED_AFTER_MS) return 'blind'
  return hasUnproven || now - provenUntil > FRESH_MS ? 'behind' : 'fresh'
}

const READ_FRESHNESS = `
  SELECT s.store, f.from_at AS read_from, coalesce(c.read_until, c.proven_until) AS read_until, k.cases,
    c.proven_until, c.pushed_at, c.pulled_at, c.trouble, w.late, w.missing, w.extra,
    coalesce(p.pushes, 0) AS pushes, n.connected, n.since, u.unproven, r.cases AS unread, r.since AS unread_since
  FROM unnest($2::int[], $3::int[]) AS s(store, app)
  LEFT JOIN pull_cursor c ON c.store = s.store AND c.org = $1
  LEFT JOIN LATERAL (
    SELECT from_at FROM pull_window w WHERE w.store = s.store AND w.org = $1 ORDER BY to_at LIMIT 1
  ) f ON true
  LEFT JOIN LATERAL (
    SELECT count(*)::int AS cases FROM (
      SELECT FROM stream t WHERE t.store = s.store AND t.org = $1 LIMIT ${MOST_COUNTED}
    ) t
  ) k ON true
  LEFT JOIN connection n ON n.app = s.app AND n.org = $1
  LEFT JOIN LATERAL (
    SELECT coalesce(sum(late), 0) AS late, coalesce(sum(missing), 0) AS missing, coalesce(sum(extra), 0) AS extra
    FROM pull_window w WHERE w.store = s.store AND w.org = $1 AND w.to_at >= $4
  ) w ON true
  LEFT JOIN LATERAL (
    SELECT json_build_object('windows', count(*) OVER (), 'from', from_at, 'since', u.since, 'triedAt', tried_at,
      'attempts', attempts, 'claimed', claimed, 'seen', seen, 'why', why) AS unproven
    FROM unproven_window u WHERE u.store = s.store AND u.org = $1 ORDER BY from_at LIMIT 1
  ) u ON true
  LEFT JOIN (
    SELECT store, count(*)::int AS cases, min(failing_since) AS since FROM reading
    WHERE org = $1 AND failing_since IS NOT NULL AND attempts >= ${MANY_ATTEMPTS} GROUP BY store
  ) r ON r.store = s.store
  LEFT JOIN (
    SELECT m.store, count(*) AS pushes FROM message m
    WHERE m.id > (SELECT max(id) FROM message) - $5::bigint AND m.org = $1 AND m.channel = 'push' AND m.received_at >= $4
    GROUP BY m.store
  ) p ON p.store = s.store`

interface FreshnessRow {
  readonly store: number
  readonly read_from: number | null
  readonly read_until: number | null
  readonly cases: number
  readonly proven_until: number | null
  readonly pushed_at: number | null
  readonly pulled_at: number | null
  readonly trouble: string | null
  readonly late: number
  readonly missing: number
  readonly extra: number
  readonly pushes: number
  readonly connected: boolean | null
  readonly since: number | null
  readonly unproven: UnprovenWindows | null
  readonly unread: number | null
  readonly unread_since: number | null
}

@QueryHandler(StoreFreshnessQuery)
export class StoreFreshnessHandler implements IQueryHandler<StoreFreshnessQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ org, stores, now }: StoreFreshnessQuery): Promise<readonly StoreFreshness[]> {
    const values = [org, stores.map((s) => s.id), stores.map((s) => s.app), now - DAY_MS, MAX_SCANNED_MESSAGES]
    const rows = new Map(
      (await this.database.query<FreshnessRow[]>(READ_FRESHNESS, values)).map((row) => [row.store, row]),
    )
    return stores.map((store) => toStoreFreshness(store, rows.get(store.id), now))
  }
}

function toStoreFreshness(
  { id, authorised, suspension }: StoreToReport,
  row: FreshnessRow | undefined,
  now: Instant,
): StoreFreshness {
  // A store without a row was never pulled: nothing of it is proven, and nothing was counted.
  const unproven = row?.unproven ?? null
  const proven = row?.proven_until ?? null
  const provenUntil = proven === null || unproven === null ? proven : Math.min(proven, unproven.from)
  const connected = row?.connected ?? null
  return {
    store: id,
    state: suspension ?? freshnessOf(authorised, provenUntil, now, unproven !== null),
    provenUntil,
    lastPushAt: row?.pushed_at ?? null,
    lastPullAt: row?.pulled_at ?? null,
    pushes24h: row?.pushes ?? 0,
    late: row?.late ?? 0,
    missing: row?.missing ?? 0,
    extra: row?.extra ?? 0,
    trouble: row?.trouble ?? unproven?.why ?? null,
    unproven,
    unread: { cases: row?.unread ?? 0, since: row?.unread_since ?? null },
    messages: connected === null ? null : { connected, since: row?.since ?? now },
    reading: { from: row?.read_from ?? null, until: row?.read_until ?? null, cases: row?.cases ?? 0 },
  }
}
