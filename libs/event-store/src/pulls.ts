import type { DataSource, EntityManager } from 'typeorm'
import { remembered } from './remembered'

/** How far a store's changes are proven to be complete, and what was seen last. All UTC ms. */
export interface PullCursor {
  readonly store: number
  readonly org: number
  /** When we began to listen to this store: of what changed before, no push can be expected. */
  readonly opened_at: number
  readonly proven_until: number
  readonly pulled_at: number | null
  readonly pushed_at: number | null
  readonly trouble: string | null
}

/** One entry of the window ledger: what the marketplace claimed and what we saw; both must agree. */
export interface WindowRow {
  readonly org: number
  readonly store: number
  readonly from_at: number
  readonly to_at: number
  readonly pages: number
  readonly claimed: number
  readonly seen: number
  /** Cases that no push had told of, cases whose push came late, cases pushed that the list does not have. */
  readonly missing: number
  readonly late: number
  readonly extra: number
  readonly finished_at: number
}

export const cursorOf = async (database: DataSource, store: number): Promise<PullCursor | undefined> => {
  const [row] = await database.query<PullCursor[]>('SELECT * FROM pull_cursor WHERE store = $1', [store])
  return row
}

/** Starts a store's ledger; what lies before `from` was never asked for and is said to be unproven. */
export const openCursor = (
  database: DataSource | EntityManager,
  store: { readonly id: number; readonly org: number },
  from: number,
  now: number,
): Promise<unknown> =>
  database.query(
    'INSERT INTO pull_cursor (store, org, opened_at, proven_until) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [store.id, store.org, now, from],
  )

/** Enters a finished window. The watermark only moves over windows that join it. */
export async function enterWindow(manager: EntityManager, window: WindowRow): Promise<void> {
  await manager.query(
    `INSERT INTO pull_window (org, store, from_at, to_at, pages, claimed, seen, missing, late, extra, finished_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      window.org,
      window.store,
      window.from_at,
      window.to_at,
      window.pages,
      window.claimed,
      window.seen,
      window.missing,
      window.late,
      window.extra,
      window.finished_at,
    ],
  )
  await manager.query(
    `UPDATE pull_cursor SET proven_until = greatest(proven_until, $3), pulled_at = $4, trouble = NULL
     WHERE store = $1 AND proven_until >= $2`,
    [window.store, window.from_at, window.to_at, window.finished_at],
  )
}

export const noteTrouble = (database: DataSource, store: number, trouble: string | null): Promise<unknown> =>
  database.query('UPDATE pull_cursor SET trouble = $2 WHERE store = $1 AND trouble IS DISTINCT FROM $2', [
    store,
    trouble,
  ])

export const notePush = (
  manager: EntityManager,
  stores: readonly { store: number; org: number; at: number }[],
): Promise<unknown> =>
  stores.length === 0
    ? Promise.resolve()
    : manager.query(NOTE_PUSH, [stores.map((s) => s.store), stores.map((s) => s.at)])

const NOTE_PUSH = remembered(`
  UPDATE pull_cursor c SET pushed_at = greatest(coalesce(pushed_at, 0), p.at)
  FROM unnest($1::int[], $2::bigint[]) AS p(store, at)
  WHERE c.store = p.store AND coalesce(c.pushed_at, 0) + 1000 < p.at`)

/** What we knew of these cases: the newest revision, and when it was told. */
export const knownRevisions = (
  database: DataSource,
  ids: readonly string[],
): Promise<{ id: string; revision: number; told: number | null }[]> =>
  database.query(
    `SELECT id, revision, (state #>> '{lastSeen,observedAt}')::bigint AS told FROM stream WHERE id = ANY($1::uuid[])`,
    [ids],
  )

/** Cases of the store whose newest revision lies in the window. */
export const revisedWithin = (
  database: DataSource,
  store: number,
  from: number,
  to: number,
): Promise<{ id: string; state: unknown }[]> =>
  database.query('SELECT id, state FROM stream WHERE store = $1 AND revision >= $2 AND revision < $3', [
    store,
    from,
    to,
  ])

/** The standing connection of an app, as last told by whoever holds it. */
export const noteConnection = (
  database: DataSource,
  row: { app: number; org: number; connected: boolean; since: number; why: string | null },
): Promise<unknown> =>
  database.query(
    `INSERT INTO connection (app, org, connected, since, why) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (app) DO UPDATE SET connected = excluded.connected, since = excluded.since, why = excluded.why`,
    [row.app, row.org, row.connected, row.since, row.why],
  )
