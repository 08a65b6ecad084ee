import type { DataSource, EntityManager } from 'typeorm'
import type { FeedRow, Position } from '#event-store'

/** A share of the cases: those whose id falls on `index` of `of`. Each share has one publisher, so each case has one. */
export interface Share {
  readonly index: number
  readonly of: number
}

export const ALL_CASES: Share = { index: 0, of: 1 }

export const shareName = ({ index, of }: Share): string => `cases/${index}/${of}`

/** A newer publisher has this share; only it may move the cursor. */
export class StaleToken extends Error {
  constructor(name: string) {
    super(`${name} is published by a newer holder of the lease`)
  }
}

/**
 * Takes the cursor over: from now on an older token moves nothing. A new share (after a change of their number) begins
 * at the slowest of the other cursors: some events are published twice, none is left out. @throws StaleToken
 */
export async function takeOver(database: DataSource, share: Share, token: number): Promise<Position> {
  const rows = await database.query<Position[]>(TAKE_OVER, [shareName(share), token])
  if (rows[0] === undefined) throw new StaleToken(shareName(share))
  return rows[0]
}

const TAKE_OVER = `
  INSERT INTO publication (name, tx, position, token)
  SELECT $1, coalesce(least.tx, '0'::xid8), coalesce(least.position, 0), $2
  FROM (SELECT 1) AS one LEFT JOIN (SELECT tx, position FROM publication ORDER BY publication.tx, position LIMIT 1) AS least ON true
  ON CONFLICT (name) DO UPDATE SET token = excluded.token WHERE publication.token <= excluded.token
  RETURNING tx::text AS tx, position`

/** After the broker has acknowledged everything up to here. @throws StaleToken */
export async function advance(
  manager: DataSource | EntityManager,
  share: Share,
  token: number,
  { tx, position }: Position,
): Promise<void> {
  const rows = await manager.query<unknown[]>(ADVANCE, [shareName(share), token, tx, position])
  if (rows.length === 0) throw new StaleToken(shareName(share))
}

// As a query that returns rows: TypeORM gives an UPDATE another shape.
const ADVANCE = `
  WITH moved AS (
    UPDATE publication SET tx = $3::xid8, position = $4, moved_at = clock_timestamp() WHERE name = $1 AND token = $2 RETURNING 1
  ) SELECT 1 FROM moved`

/**
 * The next rows of the share, in commit order, below every transaction that is still open: no later commit can be inserted
 * before them (see the event store's feed).
 */
export const readShare = (database: DataSource, after: Position, share: Share, limit: number): Promise<FeedRow[]> =>
  database.query<FeedRow[]>(READ, [after.tx, after.position, limit, share.of, share.index])

const READ = `
  SELECT tx::text AS tx, position, org, stream, version, type, body, recorded_at FROM outgoing
  WHERE (tx, position) > ($1::xid8, $2) AND tx < pg_snapshot_xmin(pg_current_snapshot())
    AND get_byte(uuid_send(stream), 0) % $4 = $5
  ORDER BY outgoing.tx, position LIMIT $3`

/** How long the oldest unpublished event has been waiting, ms by the database's clock; 0: none waits. */
export async function oldestWaitMs(database: DataSource, after: Position, share: Share): Promise<number> {
  const [row] = await database.query<{ waiting: number }[]>(OLDEST, [after.tx, after.position, share.of, share.index])
  return Math.max(0, row?.waiting ?? 0)
}

const OLDEST = `
  SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint - recorded_at AS waiting FROM outgoing
  WHERE (tx, position) > ($1::xid8, $2) AND get_byte(uuid_send(stream), 0) % $3 = $4
  ORDER BY outgoing.tx, position LIMIT 1`
