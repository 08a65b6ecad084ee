import type { EntityManager } from 'typeorm'
import { booleanArray, uuidArray, numberArray, packJson, textArray, unpackJsonSql } from '../sql/array-parameters'
import { prepared } from '../sql/prepared-statements'
import { awaitPipelined } from '../sql/pipelined-statements'

/** The folded state of one stream; only the model knows its shape. */
export interface StreamRow<S = unknown> {
  readonly id: string
  readonly org: number
  readonly store: number
  readonly version: number
  /** The version of the code that folded the state: a state of an older one is folded again. */
  readonly fold: number
  readonly state: S
}

/**
 * Loads and locks streams. Streams that do not exist yet are locked too, by an advisory lock on their id: of two batches that
 * open the same one, the second waits here and then finds it, instead of being rolled back later. To rule out deadlocks, all
 * absent ids are locked before all rows, and both in the order of ids. Code that locks rows in another order
 * (`claimDueTimers`) skips locked ones.
 */
export async function loadStreams<S>(manager: EntityManager, streams: readonly string[]): Promise<StreamRow<S>[]> {
  if (streams.length === 0) return []
  const streamIds = uuidArray(streams)
  const locked = manager.query(LOCK_ABSENT_STREAMS, [streamIds, `{${streams.map(advisoryLockNumber).join(',')}}`])
  const loaded = manager.query<StreamRow<S>[]>(LOAD_STREAMS, [streamIds])
  await awaitPipelined([locked, loaded])
  return loaded
}

const LOCK_ABSENT_STREAMS = `
  SELECT count(pg_advisory_xact_lock(number)) FROM (
    SELECT number FROM unnest($1::uuid[], $2::bigint[]) AS a(id, number)
    WHERE NOT EXISTS (SELECT FROM stream s WHERE s.id = a.id) ORDER BY number
  ) AS absent`

// A separate statement, since its snapshot must be newer than the advisory locks: it then sees streams that another
// transaction has opened meanwhile.
const LOAD_STREAMS = `SELECT id, org, store, version, fold, state FROM stream WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`

/** The key of a stream's advisory lock: the first sixty bits of its id, which is a hash. */
const advisoryLockNumber = (id: string): bigint => BigInt(`0x${id.slice(0, 8)}${id.slice(9, 13)}${id.slice(14, 17)}`)

/**
 * Loads and locks those of the streams that are the organisation's own. Those of other organisations count as absent: a
 * request with such an id neither waits for its row nor locks it. No stream is opened here, so absent ids are not
 * locked.
 */
export const loadOwnStreams = <S>(
  manager: EntityManager,
  org: number,
  streams: readonly string[],
): Promise<StreamRow<S>[]> =>
  streams.length === 0
    ? Promise.resolve([])
    : manager.query<StreamRow<S>[]>(LOAD_OWN_STREAMS, [uuidArray(streams), org])

/** The same without a lock: what is read may change at once. */
export const readOwnStreams = <S>(
  manager: EntityManager,
  org: number,
  streams: readonly string[],
): Promise<StreamRow<S>[]> =>
  streams.length === 0
    ? Promise.resolve([])
    : manager.query<StreamRow<S>[]>(READ_OWN_STREAMS, [uuidArray(streams), org])

const READ_OWN_STREAMS = `SELECT id, org, store, version, fold, state FROM stream WHERE id = ANY($1::uuid[]) AND org = $2 ORDER BY id`

const LOAD_OWN_STREAMS = `SELECT id, org, store, version, fold, state FROM stream WHERE id = ANY($1::uuid[]) AND org = $2 ORDER BY id FOR UPDATE`

export interface StreamEvent {
  readonly stream: string
  readonly version: number
  readonly org: number
  readonly type: string
  readonly body: unknown
  readonly message_id: number | null
  readonly occurred_at: number
  readonly recorded_at: number
}

/** Events of one stream, oldest first. */
export const readStreamEvents = (manager: EntityManager, stream: string): Promise<StreamEvent[]> =>
  manager.query<StreamEvent[]>('SELECT * FROM event WHERE stream = $1 ORDER BY version', [stream])

export interface StreamWrite<S = unknown> extends StreamRow<S> {
  /** The platform's newest revision in it, UTC ms, by which pushes are compared with the lists. */
  readonly revision: number
  /** Whether anything may still be decided about it; absent: yes. */
  readonly open?: boolean
}

export interface Outgoing {
  readonly org: number
  readonly stream: string
  readonly version: number
  readonly type: string
  readonly body: unknown
  readonly recorded_at: number
}

/**
 * Another transaction wrote one of these streams concurrently. Nothing was written; the batch must be decided again.
 */
export class ConcurrentWrite extends Error {
  constructor() {
    super('a stream was written meanwhile')
  }
}

/** Appends the events and replaces the folded rows, in the caller's transaction; all or nothing. */
export async function writeStreams(
  manager: EntityManager,
  streams: readonly StreamWrite[],
  events: readonly StreamEvent[],
): Promise<void> {
  const written =
    streams.length === 0 ? undefined : manager.query<{ n: number }[]>(WRITE_STREAMS, streamColumns(streams))
  const appended = events.length === 0 ? undefined : manager.query(APPEND_EVENTS, eventColumns(events))
  await awaitPipelined([written, appended])
  if (written !== undefined && (await written)[0]?.n !== streams.length) throw new ConcurrentWrite()
}

function streamColumns(streams: readonly StreamWrite[]): unknown[] {
  const sorted = [...streams].sort((a, b) => (a.id < b.id ? -1 : 1))
  const { bytes, starts, lengths } = packJson(sorted.map((s) => s.state))
  return [
    uuidArray(sorted.map((s) => s.id)),
    numberArray(sorted.map((s) => s.org)),
    numberArray(sorted.map((s) => s.store)),
    numberArray(sorted.map((s) => s.version)),
    numberArray(sorted.map((s) => s.fold)),
    numberArray(sorted.map((s) => s.revision)),
    booleanArray(sorted.map((s) => s.open ?? true)),
    starts,
    lengths,
    bytes,
  ]
}

// The streams have been locked since they were loaded. If another transaction has written them all the same, either its row
// is not older than ours and is not updated, or the primary key of our first event is taken.
const WRITE_STREAMS = prepared(`
  WITH written AS (
    INSERT INTO stream (id, org, store, version, fold, revision, open, told, state)
    SELECT id, org, store, version, fold, revision, open, pg_current_xact_id(), ${unpackJsonSql('$10')}
    FROM unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::smallint[], $6::bigint[], $7::boolean[], $8::int[], $9::int[])
      AS s(id, org, store, version, fold, revision, open, at, length)
    ON CONFLICT (id) DO UPDATE
      SET version = excluded.version, fold = excluded.fold, revision = excluded.revision, open = excluded.open, state = excluded.state,
          told = greatest(stream.told, excluded.told)
      WHERE stream.version < excluded.version OR (stream.version = excluded.version AND stream.fold <> excluded.fold)
    RETURNING 1
  ) SELECT count(*) AS n FROM written`)

function eventColumns(events: readonly StreamEvent[]): unknown[] {
  const { bytes, starts, lengths } = packJson(events.map((e) => e.body))
  return [
    uuidArray(events.map((e) => e.stream)),
    numberArray(events.map((e) => e.version)),
    numberArray(events.map((e) => e.org)),
    textArray(events.map((e) => e.type)),
    numberArray(events.map((e) => e.message_id)),
    numberArray(events.map((e) => e.occurred_at)),
    numberArray(events.map((e) => e.recorded_at)),
    starts,
    lengths,
    bytes,
  ]
}

const APPEND_EVENTS = prepared(`
  INSERT INTO event (stream, version, org, type, message_id, occurred_at, recorded_at, body)
  SELECT stream, version, org, type, message_id, occurred_at, recorded_at, ${unpackJsonSql('$10')}
  FROM unnest($1::uuid[], $2::int[], $3::int[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::int[], $9::int[])
    AS e(stream, version, org, type, message_id, occurred_at, recorded_at, at, length)`)

/** Writes the rows to be published, in the same transaction as their events. */
export async function writeOutgoing(manager: EntityManager, rows: readonly Outgoing[]): Promise<void> {
  if (rows.length === 0) return
  const { bytes, starts, lengths } = packJson(rows.map((o) => o.body))
  await manager.query(WRITE_OUTGOING, [
    numberArray(rows.map((o) => o.org)),
    uuidArray(rows.map((o) => o.stream)),
    numberArray(rows.map((o) => o.version)),
    textArray(rows.map((o) => o.type)),
    numberArray(rows.map((o) => o.recorded_at)),
    starts,
    lengths,
    bytes,
  ])
}

// The feed is read in the order of transaction numbers. A transaction gets its number at its first write, which may be before
// it waits for a stream's lock: then it has a smaller number than the transaction that wrote the stream before it. So a row
// takes the larger of its own number and the last one of its stream (`stream.told`). No reader skips it: rows of a number are read
// when all transactions up to that number have ended, and its own number is not above it.
const WRITE_OUTGOING = prepared(`
  WITH written AS (
    INSERT INTO outgoing (tx, org, stream, version, type, recorded_at, body)
    SELECT greatest(pg_current_xact_id(), (SELECT s.told FROM stream s WHERE s.id = o.stream)),
      org, stream, version, type, recorded_at, ${unpackJsonSql('$8')}
    FROM unnest($1::int[], $2::uuid[], $3::int[], $4::text[], $5::bigint[], $6::int[], $7::int[])
      AS o(org, stream, version, type, recorded_at, at, length)
  ) SELECT pg_notify('shouhou_outgoing', '')`)
