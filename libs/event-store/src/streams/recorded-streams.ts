import type { DataSource } from 'typeorm'
import type { ClaimedMessage } from '../inbox/inbox'

/**
 * One event as it was recorded. `tx`, the row's `xmin`, distinguishes transactions of the same millisecond. In a
 * database restored from a dump it is the same for all rows, and only the times distinguish them.
 */
export type RecordedEvent = readonly [
  type: string,
  version: number,
  messageId: number | null,
  occurredAt: number,
  recordedAt: number,
  body: object,
  tx: number,
]

/** Everything that was written of one stream: JSON texts, as they were put together by the database. */
export interface RecordedStream {
  readonly id: string
  readonly org: number
  readonly store: number
  readonly fold: number
  /** The folded state, as it was written. */
  readonly state: string
  /** `RecordedEvent[]`, oldest first. */
  readonly events: string
  /** `[version, type, recordedAt, body][]` in the order of versions. */
  readonly outgoing: string
  /** `[kind, due][]` in the order of kinds. */
  readonly timers: string
}

/** Messages that were received at `from` or later and before `to` (UTC ms), and the streams that they touched. */
export interface RecordRange {
  readonly from: number
  readonly to: number
}

/**
 * Streams that a message of the range has touched, whole, in the order of their ids, through a cursor on one snapshot.
 * Read only; as much memory for a million as for a few hundred.
 */
export const readRecordedStreams = (
  database: DataSource,
  { from, to }: RecordRange,
): AsyncGenerator<RecordedStream[]> => readThroughCursor<RecordedStream>(database, DECLARE_RECORDED_STREAMS, [from, to])

/** Messages of the range that caused no event, whether understood or quarantined. In the order of ids. */
export const readMessagesWithoutEvents = (
  database: DataSource,
  { from, to }: RecordRange,
): AsyncGenerator<MessageWithoutEvents[]> =>
  readThroughCursor<MessageWithoutEvents>(database, DECLARE_MESSAGES_WITHOUT_EVENTS, [from, to])

export interface MessageWithoutEvents extends ClaimedMessage {
  /** Why it was quarantined; null: it was understood. */
  readonly quarantined: string | null
}

export const readMessagesById = (database: DataSource, ids: readonly number[]): Promise<ClaimedMessage[]> =>
  database.query<ClaimedMessage[]>(
    `SELECT id, org, app, store, channel, digest, received_at AS "receivedAt", raw, 0 AS attempts FROM message WHERE id = ANY($1)`,
    [ids],
  )

/** Current states, read without a lock. */
export const readStreamStates = <S>(
  database: DataSource,
  ids: readonly string[],
): Promise<{ id: string; state: S }[]> =>
  database.query<{ id: string; state: S }[]>('SELECT id, state FROM stream WHERE id = ANY($1::uuid[])', [ids])

async function* readThroughCursor<Row>(
  database: DataSource,
  declaration: string,
  values: readonly number[],
): AsyncGenerator<Row[]> {
  const runner = database.createQueryRunner()
  try {
    await runner.startTransaction('REPEATABLE READ')
    await runner.query('SET TRANSACTION READ ONLY')
    await runner.query('SET LOCAL statement_timeout = 0')
    await runner.query(declaration, [...values])
    for (;;) {
      const rows = (await runner.query('FETCH 500 FROM record')) as Row[]
      if (rows.length === 0) return
      yield rows
    }
  } finally {
    await runner.rollbackTransaction().catch(() => undefined)
    await runner.release()
  }
}

const DECLARE_RECORDED_STREAMS = `
  DECLARE record NO SCROLL CURSOR FOR
  WITH touched AS MATERIALIZED (
    SELECT DISTINCT e.stream FROM event e JOIN message m ON m.id = e.message_id WHERE m.received_at >= $1 AND m.received_at < $2
  ), published AS (
    SELECT o.stream, o.version, o.type, o.recorded_at, o.body FROM outgoing o JOIN touched t ON t.stream = o.stream
  )
  SELECT s.id, s.org, s.store, s.fold, s.state::text AS state, e.events, coalesce(o.outgoing, '[]') AS outgoing, coalesce(t.timers, '[]') AS timers
  FROM stream s
  JOIN (
    SELECT e.stream, '[' || string_agg('["' || e.type || '",' || e.version || ',' || coalesce(e.message_id::text, 'null') || ',' ||
      e.occurred_at || ',' || e.recorded_at || ',' || e.body::text || ',' || e.xmin::text || ']', ',' ORDER BY e.version) || ']' AS events
    FROM event e JOIN touched ON touched.stream = e.stream
    GROUP BY e.stream
  ) e ON e.stream = s.id
  LEFT JOIN (
    SELECT stream, '[' || string_agg('[' || version || ',"' || type || '",' || recorded_at || ',' || body::text || ']', ',' ORDER BY version) || ']' AS outgoing
    FROM published GROUP BY stream
  ) o ON o.stream = s.id
  LEFT JOIN (
    SELECT stream, json_agg(json_build_array(kind, due_at) ORDER BY kind)::text AS timers FROM timer GROUP BY stream
  ) t ON t.stream = s.id
  ORDER BY s.id`

const DECLARE_MESSAGES_WITHOUT_EVENTS = `
  DECLARE record NO SCROLL CURSOR FOR
  SELECT m.id, m.org, m.app, m.store, m.channel, m.digest, m.received_at AS "receivedAt", m.raw, 0 AS attempts, q.reason AS quarantined
  FROM message m LEFT JOIN quarantine q ON q.message_id = m.id
  WHERE m.received_at >= $1 AND m.received_at < $2
    AND NOT EXISTS (SELECT FROM event e WHERE e.message_id = m.id)
    AND NOT EXISTS (SELECT FROM pending p WHERE p.message_id = m.id)
  ORDER BY m.id`
