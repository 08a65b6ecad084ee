import type { EntityManager } from 'typeorm'

/** The folded state of one stream. What is in it is the model's matter. */
export interface StreamRow<S = unknown> {
  readonly id: string
  readonly org: number
  readonly store: number
  readonly version: number
  readonly fold: number
  readonly state: S
}

/**
 * Loads and locks, in the order of ids, so that two batches never wait for each other in a ring. Streams that do not
 * exist yet are locked too: of two batches that open the same one, the second waits here and finds it, instead of
 * deciding everything in vain.
 */
export async function loadStreams<S>(manager: EntityManager, ids: readonly string[]): Promise<StreamRow<S>[]> {
  if (ids.length === 0) return []
  const known = await manager.query<StreamRow<S>[]>(LOAD, [ids])
  if (known.length === ids.length) return known
  const found = new Set(known.map((row) => row.id))
  const absent = ids.filter((id) => !found.has(id))
  await manager.query(LOCK_ABSENT, [absent.map(lockOf).sort()])
  return [...known, ...(await manager.query<StreamRow<S>[]>(LOAD, [absent]))]
}

const LOAD = `SELECT id, org, store, version, fold, state FROM stream WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`

const LOCK_ABSENT = `SELECT count(pg_advisory_xact_lock(k)) FROM unnest($1::bigint[]) AS k`

/** The first sixty bits: ids are hashes, so they are as good as any. In decimal, of one length, so that they sort as text. */
const lockOf = (id: string): string => BigInt(`0x${id.replaceAll('-', '').slice(0, 15)}`).toString().padStart(19, '0')

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
export const eventsOf = (manager: EntityManager, stream: string): Promise<StreamEvent[]> =>
  manager.query<StreamEvent[]>('SELECT * FROM event WHERE stream = $1 ORDER BY version', [stream])

export interface StreamWrite<S = unknown> extends StreamRow<S> {
  /** The platform's newest revision in it, UTC ms; for reconciliation. */
  readonly revision: number
}

export interface Outgoing {
  readonly org: number
  readonly stream: string
  readonly version: number
  readonly type: string
  readonly body: unknown
  readonly recorded_at: number
}

/** Somebody else wrote one of these streams meanwhile. Nothing was written; the batch is to be decided again. */
export class WrittenMeanwhile extends Error {
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
  if (streams.length > 0) {
    const sorted = [...streams].sort((a, b) => (a.id < b.id ? -1 : 1))
    const written = await manager.query<{ id: string }[]>(WRITE_STREAMS, [JSON.stringify(sorted)])
    if (written.length !== streams.length) throw new WrittenMeanwhile()
  }
  if (events.length > 0) await manager.query(APPEND, [JSON.stringify(events)])
}

// The streams are locked since they were loaded. Should somebody have written all the same, his row is not older than
// ours, or the primary key of the first event refuses.
const WRITE_STREAMS = `
  INSERT INTO stream (id, org, store, version, fold, revision, state)
  SELECT id, org, store, version, fold, revision, state FROM json_to_recordset($1::json)
    AS s(id uuid, org int, store int, version int, fold smallint, revision bigint, state json)
  ON CONFLICT (id) DO UPDATE
    SET version = excluded.version, fold = excluded.fold, revision = excluded.revision, state = excluded.state
    WHERE stream.version < excluded.version OR (stream.version = excluded.version AND stream.fold <> excluded.fold)
  RETURNING id`

const APPEND = `
  INSERT INTO event (stream, version, org, type, body, message_id, occurred_at, recorded_at)
  SELECT stream, version, org, type, body, message_id, occurred_at, recorded_at FROM json_to_recordset($1::json)
    AS e(stream uuid, version int, org int, type text, body json, message_id bigint, occurred_at bigint, recorded_at bigint)`

/** Rows for others, in the same transaction as the events that they come from. */
export async function writeOutgoing(manager: EntityManager, rows: readonly Outgoing[]): Promise<void> {
  if (rows.length > 0) await manager.query(WRITE_OUTGOING, [JSON.stringify(rows)])
}

const WRITE_OUTGOING = `
  WITH written AS (
    INSERT INTO outgoing (org, stream, version, type, body, recorded_at)
    SELECT org, stream, version, type, body, recorded_at FROM json_to_recordset($1::json)
      AS o(org int, stream uuid, version int, type text, body json, recorded_at bigint)
  ) SELECT pg_notify('shouhou_outgoing', '')`
