import type { DataSource, EntityManager } from 'typeorm'
import type { FeedRow, FeedPosition } from '#event-store'

/**
 * One of `count` shares of the cases: those whose id has `index` as the remainder of its first byte. Each share has one publisher,
 * so each case has one.
 */
export interface Share {
  readonly index: number
  readonly count: number
}

export const ALL_CASES: Share = { index: 0, count: 1 }

/** The name under which the cursor of a share is stored. */
export const shareName = ({ index, count }: Share): string => `cases/${index}/${count}`

/** A newer publisher has taken over this share; only that one may move the cursor. */
export class StaleToken extends Error {
  constructor(name: string) {
    super(`${name} is published by a newer holder of the lease`)
  }
}

/**
 * Takes the cursor of a share over: from now on a publisher with an older fencing token cannot move it. The cursor of a new share
 * (after a change of their number) begins at the slowest of the others: some events are published twice, none is skipped.
 * @throws StaleToken
 */
export async function takeOverCursor(database: DataSource, share: Share, token: number): Promise<FeedPosition> {
  const rows = await database.query<FeedPosition[]>(TAKE_OVER, [shareName(share), token])
  if (rows[0] === undefined) throw new StaleToken(shareName(share))
  return rows[0]
}

const TAKE_OVER = `
  INSERT INTO publication (name, tx, position, token)
  SELECT $1, coalesce(least.tx, '0'::xid8), coalesce(least.position, 0), $2
  FROM (SELECT 1) AS one LEFT JOIN (SELECT tx, position FROM publication ORDER BY publication.tx, position LIMIT 1) AS least ON true
  ON CONFLICT (name) DO UPDATE SET token = excluded.token WHERE publication.token <= excluded.token
  RETURNING tx::text AS tx, position`

/** Moves the cursor, after the broker has acknowledged everything up to the position. @throws StaleToken */
export async function advanceCursor(
  manager: DataSource | EntityManager,
  share: Share,
  token: number,
  { tx, position }: FeedPosition,
): Promise<void> {
  const rows = await manager.query<unknown[]>(ADVANCE, [shareName(share), token, tx, position])
  if (rows.length === 0) throw new StaleToken(shareName(share))
}

// A SELECT around the UPDATE, since TypeORM returns the rows of an UPDATE in another shape.
const ADVANCE = `
  WITH moved AS (
    UPDATE publication SET tx = $3::xid8, position = $4, moved_at = clock_timestamp() WHERE name = $1 AND token = $2 RETURNING 1
  ) SELECT 1 FROM moved`

/**
 * Reads the next rows of the share in commit order. Rows of transactions that are newer than the oldest open one are left for
 * later, since that one may still commit rows before them (see the event store's feed).
 */
export const readShare = (database: DataSource, after: FeedPosition, share: Share, limit: number): Promise<FeedRow[]> =>
  database.query<FeedRow[]>(READ_SHARE, [after.tx, after.position, limit, share.count, share.index])

const READ_SHARE = `
  SELECT tx::text AS tx, position, org, stream, version, type, body, recorded_at FROM outgoing
  WHERE (tx, position) > ($1::xid8, $2) AND tx < pg_snapshot_xmin(pg_current_snapshot())
    AND get_byte(uuid_send(stream), 0) % $4 = $5
  ORDER BY outgoing.tx, position LIMIT $3`

/** How long the oldest unpublished event has been waiting, ms by the database's clock; 0: none waits. */
export async function oldestWaitMs(database: DataSource, after: FeedPosition, share: Share): Promise<number> {
  const [row] = await database.query<{ waiting: number }[]>(OLDEST_WAIT, [
    after.tx,
    after.position,
    share.count,
    share.index,
  ])
  return Math.max(0, row?.waiting ?? 0)
}

const OLDEST_WAIT = `
  SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint - recorded_at AS waiting FROM outgoing
  WHERE (tx, position) > ($1::xid8, $2) AND get_byte(uuid_send(stream), 0) % $3 = $4
  ORDER BY outgoing.tx, position LIMIT 1`
