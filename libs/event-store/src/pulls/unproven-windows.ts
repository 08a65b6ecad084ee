import type { DataSource, EntityManager } from 'typeorm'
import { storableText } from '../sql/storable-text'

/** A span of a store's changes that are not known to be complete. Instants UTC ms. */
export interface UnprovenWindow {
  readonly id: number
  readonly from_at: number
  readonly to_at: number
  readonly attempts: number
}

/** A span that was read, with the counts of its list and the reason why they prove nothing. Instants UTC ms. */
interface PulledSpan {
  readonly org: number
  readonly store: number
  readonly from: number
  readonly to: number
  readonly claimed: number | null
  readonly seen: number
  readonly why: string
  readonly at: number
}

/** From this number of rows on, the newest one grows instead and is proven piece by piece: a store cannot fill the table. */
const MAX_ROWS_PER_STORE = 500
const FIRST_RETRY_DELAY_MS = 5_000
const MAX_RETRY_DELAY_MS = 600_000
const MAX_REASON_LENGTH = 200

const retryDelayMs = (attempts: number): number =>
  Math.min(MAX_RETRY_DELAY_MS, FIRST_RETRY_DELAY_MS * 2 ** Math.min(attempts, 10))

/** Delays the next reading of windows that are still unproven after this one: longer each time, up to ten minutes. */
export async function postponeRepeatedSpan(manager: EntityManager, span: PulledSpan): Promise<void> {
  const { store, from, to, claimed, seen, at } = span
  const [postponed] = await manager.query<[{ id: number; attempts: number }[], number]>(
    `UPDATE unproven_window SET claimed = $4, seen = $5, why = $6, tried_at = $7, attempts = attempts + 1
     WHERE store = $1 AND from_at >= $2 AND from_at < $3 RETURNING id, attempts`,
    [store, from, to, claimed, seen, storableText(span.why, MAX_REASON_LENGTH), at],
  )
  for (const { id, attempts } of postponed)
    await manager.query('UPDATE unproven_window SET not_before = $2 WHERE id = $1', [id, at + retryDelayMs(attempts)])
}

/**
 * Keeps a span that was read for the first time as unproven. It is joined to the newest one where both fit into one
 * request, so that a list that stays incomplete for hours makes few rows.
 */
export async function addUnprovenSpan(manager: EntityManager, span: PulledSpan, longestMs: number): Promise<void> {
  const { org, store, from, to, claimed, seen, at } = span
  const why = storableText(span.why, MAX_REASON_LENGTH)
  const [newest] = await manager.query<{ id: number; from_at: number; to_at: number; rows: number }[]>(
    `SELECT id, from_at, to_at, (SELECT count(*)::int FROM unproven_window WHERE store = $1) AS rows
     FROM unproven_window WHERE store = $1 ORDER BY to_at DESC LIMIT 1`,
    [store],
  )
  const joinsNewest = newest !== undefined && newest.to_at >= from && to - newest.from_at <= longestMs
  if (newest !== undefined && (joinsNewest || newest.rows >= MAX_ROWS_PER_STORE))
    await manager.query(
      `UPDATE unproven_window SET to_at = greatest(to_at, $2), claimed = $3, seen = $4, why = $5, tried_at = $6 WHERE id = $1`,
      [newest.id, to, claimed, seen, why, at],
    )
  else
    await manager.query(
      `INSERT INTO unproven_window (org, store, from_at, to_at, claimed, seen, why, since, tried_at, not_before)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)`,
      [org, store, from, to, claimed, seen, why, at, at + FIRST_RETRY_DELAY_MS],
    )
}

/** A complete window from `from` until `to`: what it covers is no longer unproven. */
export async function removeProvenSpan(manager: EntityManager, store: number, from: number, to: number): Promise<void> {
  await manager.query('DELETE FROM unproven_window WHERE store = $1 AND from_at >= $2 AND to_at <= $3', [
    store,
    from,
    to,
  ])
  await manager.query(
    `UPDATE unproven_window SET from_at = $3, attempts = 0, not_before = 0
     WHERE store = $1 AND from_at >= $2 AND from_at < $3 AND to_at > $3`,
    [store, from, to],
  )
  await manager.query(
    'UPDATE unproven_window SET to_at = $2 WHERE store = $1 AND from_at < $2 AND to_at > $2 AND to_at <= $3',
    [store, from, to],
  )
}

/** The oldest span of a store that is to be read again now. */
export async function findDueUnprovenWindow(
  database: DataSource,
  store: number,
  now: number,
): Promise<UnprovenWindow | undefined> {
  const [row] = await database.query<UnprovenWindow[]>(
    `SELECT id, from_at, to_at, attempts FROM unproven_window
     WHERE store = $1 AND not_before <= $2 ORDER BY from_at LIMIT 1`,
    [store, now],
  )
  return row
}

/** Delays the next reading of a window whose list could not be read at all. */
export const postponeUnprovenWindow = (
  database: DataSource,
  { id, attempts }: UnprovenWindow,
  why: string,
  now: number,
): Promise<unknown> =>
  database.query(
    'UPDATE unproven_window SET attempts = attempts + 1, why = $2, tried_at = $3, not_before = $4 WHERE id = $1',
    [id, storableText(why, MAX_REASON_LENGTH), now, now + retryDelayMs(attempts + 1)],
  )
