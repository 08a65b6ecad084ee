import type { DataSource, EntityManager } from 'typeorm'
import { prepared } from '../sql/prepared-statements'
import { addUnprovenSpan, removeProvenSpan, postponeRepeatedSpan } from './unproven-windows'
import { storableText } from '../sql/storable-text'

/** The longest stored error of a marketplace or a connection, in UTF-16 units. */
const MAX_REASON_LENGTH = 1_000

/** How far a store's changes are proven to be complete, and what was seen last. All UTC ms. */
export interface PullCursor {
  readonly store: number
  readonly org: number
  /** When we began to listen to this store: no push is expected for earlier changes. */
  readonly opened_at: number
  readonly proven_until: number
  /** How far the lists were read, proven or not. */
  readonly read_until: number
  /** When the newest window was finished, and when the newest push was received. */
  readonly pulled_at: number | null
  readonly pushed_at: number | null
  /** Why the newest attempt to pull failed; `null`: it did not. */
  readonly trouble: string | null
}

/** One entry of the window ledger: what the marketplace claimed and what we saw; both must agree. */
export interface WindowRow {
  readonly org: number
  readonly store: number
  readonly from_at: number
  readonly to_at: number
  readonly pages: number
  /** `null`: the list did not say how many. */
  readonly claimed: number | null
  readonly seen: number
  /** Why the window proves nothing although the numbers may agree; absent: nothing contradicts them. */
  readonly unproven?: string | undefined
  /** Cases that no push had reported, cases whose push was late, cases pushed that the list does not have. */
  readonly missing: number
  readonly late: number
  readonly extra: number
  readonly finished_at: number
}

export const readPullCursor = async (database: DataSource, store: number): Promise<PullCursor | undefined> => {
  const [row] = await database.query<PullCursor[]>(
    `SELECT store, org, opened_at, proven_until, greatest(read_until, proven_until) AS read_until, pulled_at, pushed_at, trouble
     FROM pull_cursor WHERE store = $1`,
    [store],
  )
  return row
}

/** Starts a store's ledger; what is before `from` was never read and counts as unproven. */
export const openPullCursor = (
  database: DataSource | EntityManager,
  store: { readonly id: number; readonly org: number },
  from: number,
  now: number,
): Promise<unknown> =>
  database.query(
    'INSERT INTO pull_cursor (store, org, opened_at, proven_until) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [store.id, store.org, now, from],
  )

/** The largest value of the column `claimed`. A larger claim is as unproven as this one. */
const MAX_INT4 = 2 ** 31 - 1

/**
 * Enters a window that was read to its end. The watermark moves only over adjacent windows of which exactly the claimed
 * rows were seen. The time of any other window is kept as unproven, and later windows do not count until it has been
 * read again and proven. `longestMs`: the longest window that the marketplace takes.
 */
export async function recordWindow(manager: EntityManager, window: WindowRow, longestMs = Infinity): Promise<void> {
  const { org, store, from_at, to_at, pages, seen, missing, late, extra, finished_at } = window
  const claimed = window.claimed === null ? null : Math.min(window.claimed, MAX_INT4)
  const unproven = window.unproven ?? (claimed === seen ? null : `claimed ${claimed ?? 'nothing'}, seen ${seen}`)
  await manager.query(
    `INSERT INTO pull_window (org, store, from_at, to_at, pages, claimed, seen, missing, late, extra, finished_at, unproven)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [org, store, from_at, to_at, pages, claimed, seen, missing, late, extra, finished_at, unproven],
  )
  const [cursor] = await manager.query<{ read: number }[]>(
    'SELECT greatest(read_until, proven_until) AS read FROM pull_cursor WHERE store = $1 FOR UPDATE',
    [store],
  )
  if (cursor === undefined) return
  const { read } = cursor
  const span = { org, store, at: finished_at }
  if (from_at > read)
    await addUnprovenSpan(
      manager,
      { ...span, from: read, to: from_at, claimed: null, seen: 0, why: 'this time was left out' },
      longestMs,
    )
  const windowSpan = { ...span, claimed, seen, to: to_at }
  if (unproven === null) await removeProvenSpan(manager, store, from_at, to_at)
  else if (to_at <= read) await postponeRepeatedSpan(manager, { ...windowSpan, from: from_at, why: unproven })
  else await addUnprovenSpan(manager, { ...windowSpan, from: Math.max(from_at, read), why: unproven }, longestMs)
  await manager.query(MOVE_WATERMARK, [store, Math.max(read, to_at), finished_at, claimed, seen, unproven])
}

// The statement itself checks whether the window proves anything, and never passes a time that is still unproven.
const MOVE_WATERMARK = `
  UPDATE pull_cursor SET read_until = $2, pulled_at = $3, trouble = NULL,
    proven_until = CASE WHEN $4::int = $5::int AND $6::text IS NULL THEN greatest(proven_until, least($2,
      (SELECT min(from_at) FROM unproven_window u WHERE u.store = $1))) ELSE proven_until END
  WHERE store = $1`

/** Stores why a pull failed, for the operators; `null`: it works again. */
export const recordPullError = (database: DataSource, store: number, trouble: string | null): Promise<unknown> =>
  database.query('UPDATE pull_cursor SET trouble = $2 WHERE store = $1 AND trouble IS DISTINCT FROM $2', [
    store,
    trouble === null ? null : storableText(trouble, MAX_REASON_LENGTH),
  ])

export const recordPushes = (
  manager: EntityManager,
  stores: readonly { store: number; org: number; at: number }[],
): Promise<unknown> =>
  stores.length === 0
    ? Promise.resolve()
    : manager.query(RECORD_PUSH_TIMES, [stores.map((s) => s.store), stores.map((s) => s.at)])

const RECORD_PUSH_TIMES = prepared(`
  UPDATE pull_cursor c SET pushed_at = greatest(coalesce(pushed_at, 0), p.at)
  FROM unnest($1::int[], $2::bigint[]) AS p(store, at)
  WHERE c.store = p.store AND coalesce(c.pushed_at, 0) + 1000 < p.at`)

/**
 * The newest revision of these streams, and when it was reported.
 * @param reportedAt the JSON path to that instant in a state, whose shape only the model knows
 */
export const readRevisions = (
  database: DataSource,
  ids: readonly string[],
  reportedAt: readonly string[],
): Promise<{ id: string; revision: number; reported: number | null }[]> =>
  database.query(
    'SELECT id, revision, (state #>> $2::text[])::bigint AS reported FROM stream WHERE id = ANY($1::uuid[])',
    [ids, reportedAt],
  )

/** Streams of the store whose newest revision is in the window. */
export const findStreamsRevisedWithin = (
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

/** The standing connection of an app, as last reported by its holder. */
export const recordConnection = (
  database: DataSource,
  row: { app: number; org: number; connected: boolean; since: number; why: string | null },
): Promise<unknown> =>
  database.query(
    `INSERT INTO connection (app, org, connected, since, why) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (app) DO UPDATE SET connected = excluded.connected, since = excluded.since, why = excluded.why`,
    [row.app, row.org, row.connected, row.since, row.why === null ? null : storableText(row.why, MAX_REASON_LENGTH)],
  )
