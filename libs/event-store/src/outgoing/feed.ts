import type { DataSource } from 'typeorm'
import type { Outgoing } from '../streams/streams'

/** A position in the feed: the transaction number and the row's number in it. `tx` is text, since `xid8` has 64 bits. */
export interface FeedPosition {
  readonly tx: string
  readonly position: number
}

export interface FeedRow extends Outgoing, FeedPosition {}

/**
 * Rows after the position `after`, in an order into which no later commit can insert a row. Reading "greater than the last
 * number" would skip transactions that took their number early and committed late; so only rows are read that are older than
 * every open transaction. It is sorted by the column itself: by its text, 999 would come after 1000.
 */
export const readFeed = (database: DataSource, after: FeedPosition, limit: number, org?: number): Promise<FeedRow[]> =>
  database.query<FeedRow[]>(
    `SELECT tx::text AS tx, position, org, stream, version, type, body, recorded_at FROM outgoing
     WHERE (tx, position) > ($1::xid8, $2) AND tx < pg_snapshot_xmin(pg_current_snapshot())
       AND ($4::int IS NULL OR org = $4)
     ORDER BY outgoing.tx, position LIMIT $3`,
    [after.tx, after.position, limit, org ?? null],
  )

/** The newest position that can be read now; reading from here returns only later rows. */
export async function endOfFeed(database: DataSource): Promise<FeedPosition> {
  const [row] = await database.query<FeedPosition[]>(
    `SELECT tx::text AS tx, position FROM outgoing WHERE tx < pg_snapshot_xmin(pg_current_snapshot())
     ORDER BY outgoing.tx DESC, position DESC LIMIT 1`,
  )
  return row ?? { tx: '0', position: 0 }
}

/**
 * For how long the oldest open transaction that has written anything has been holding back the feed, ms; 0: there is none. A
 * long stall raises an alert.
 */
export async function feedStallMs(database: DataSource): Promise<number> {
  const [row] = await database.query<{ ms: number | null }[]>('SELECT feed_stall_ms() AS ms')
  return row?.ms ?? 0
}
