import type { EntityManager } from 'typeorm'
import type { StreamRow } from './streams'

/** How far the changes of an organisation's streams were followed: the newest write, and the stream in it. */
export interface StreamPosition {
  readonly org: number
  /** The transaction of the write, as `stream.told` has it. */
  readonly tx: string
  readonly stream: string
}

export interface ChangedStream<S = unknown> extends StreamRow<S> {
  readonly tx: string
}

/** Before every change. */
export const beforeChanges = (org: number): StreamPosition => ({
  org,
  tx: '0',
  stream: '00000000-0000-0000-0000-000000000000',
})

/**
 * Streams that were written after these positions, each once with its current state, in an order that no later commit can get
 * in front of: as `readFeed`, it returns nothing that is not older than every transaction still open. A stream that is written
 * again meanwhile comes again later. Organisations are read in the order given, until there are `limit` streams.
 */
export const readChangedStreams = <S>(
  manager: EntityManager,
  after: readonly StreamPosition[],
  limit: number,
): Promise<ChangedStream<S>[]> =>
  manager.query<ChangedStream<S>[]>(READ_CHANGED_STREAMS, [
    after.map(({ org }) => org),
    after.map(({ tx }) => tx),
    after.map(({ stream }) => stream),
    limit,
  ])

// Keys alone first, from the index: the states of all organisations that are behind would be many more than are returned.
const READ_CHANGED_STREAMS = `
  WITH chosen AS MATERIALIZED (
    SELECT a.nth, c.id, c.told FROM unnest($1::int[], $2::xid8[], $3::uuid[]) WITH ORDINALITY AS a(org, tx, stream, nth)
    CROSS JOIN LATERAL (
      SELECT s.id, s.told FROM stream s
      WHERE s.org = a.org AND (s.told, s.id) > (a.tx, a.stream) AND s.told < pg_snapshot_xmin(pg_current_snapshot())
      ORDER BY s.told, s.id LIMIT $4
    ) AS c ORDER BY a.nth, c.told, c.id LIMIT $4
  )
  SELECT s.id, s.org, s.store, s.version, s.fold, s.state, s.told::text AS tx
  FROM chosen c JOIN stream s ON s.id = c.id ORDER BY c.nth, c.told, c.id`
