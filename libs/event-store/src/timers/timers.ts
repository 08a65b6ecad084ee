import type { EntityManager } from 'typeorm'
import { uuidArray, numberArray, textArray } from '../sql/array-parameters'
import { prepared } from '../sql/prepared-statements'
import { awaitPipelined } from '../sql/pipelined-statements'
import type { StreamRow } from '../streams/streams'

export interface TimerRow {
  readonly stream: string
  readonly kind: string
  readonly org: number
  readonly due_at: number
}

/** Deletes the timers of `removed`, and adds or moves those of `set`. */
export async function writeTimers(
  manager: EntityManager,
  removed: readonly { stream: string; kind: string }[],
  set: readonly TimerRow[],
): Promise<void> {
  await awaitPipelined([
    removed.length === 0
      ? undefined
      : manager.query(REMOVE_TIMERS, [uuidArray(removed.map((t) => t.stream)), textArray(removed.map((t) => t.kind))]),
    set.length === 0 ? undefined : manager.query(SET_TIMERS, timerColumns(set)),
  ])
}

const timerColumns = (set: readonly TimerRow[]): string[] => [
  uuidArray(set.map((t) => t.stream)),
  textArray(set.map((t) => t.kind)),
  numberArray(set.map((t) => t.org)),
  numberArray(set.map((t) => t.due_at)),
]

const REMOVE_TIMERS = prepared(`
  DELETE FROM timer t USING unnest($1::uuid[], $2::text[]) AS g(stream, kind)
  WHERE t.stream = g.stream AND t.kind = g.kind`)

const SET_TIMERS = prepared(`
  INSERT INTO timer (stream, kind, org, due_at)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::int[], $4::bigint[])
  ON CONFLICT (stream, kind) DO UPDATE SET due_at = excluded.due_at`)

/** A due timer with the stream that it belongs to; `due`: its time, UTC ms. */
export interface FiredTimer<S> extends StreamRow<S> {
  readonly kind: string
  readonly due: number
}

/**
 * Streams are locked before timers, as everywhere. Locked streams are skipped, since the transaction that holds one may be about
 * to move the deadline; their timers stay due and are claimed by the next run. Parameters: the time until which timers are
 * due (UTC ms), the limit, streams to leave out. Exported for benchmarks.
 */
export const CLAIM_DUE_TIMERS = `
  WITH due AS MATERIALIZED (
    SELECT stream, kind, due_at FROM timer WHERE due_at <= $1 AND stream <> ALL ($3::uuid[]) ORDER BY due_at LIMIT $2
  ), locked AS MATERIALIZED (
    SELECT id, org, store, version, fold, state FROM stream
    WHERE id IN (SELECT stream FROM due) ORDER BY id FOR UPDATE SKIP LOCKED
  )
  DELETE FROM timer t USING due d, locked l
  WHERE t.stream = d.stream AND t.kind = d.kind AND t.due_at = d.due_at AND l.id = d.stream
  RETURNING l.id, l.org, l.store, l.version, l.fold, l.state, t.kind, t.due_at AS due`

/**
 * Claims due timers together with their streams, within the caller's transaction; those of the streams in `skipped` are
 * left out.
 */
export const claimDueTimers = async <S>(
  manager: EntityManager,
  now: number,
  limit: number,
  skipped: readonly string[] = [],
): Promise<FiredTimer<S>[]> => {
  const [rows] = await manager.query<[FiredTimer<S>[], number]>(CLAIM_DUE_TIMERS, [now, limit, skipped])
  return rows
}

/** When the next timer is due, UTC ms; `undefined`: there is none. */
export const readNextDueTime = async (manager: EntityManager): Promise<number | undefined> => {
  const [row] = await manager.query<{ due: number | null }[]>('SELECT min(due_at) AS due FROM timer')
  return row?.due ?? undefined
}
