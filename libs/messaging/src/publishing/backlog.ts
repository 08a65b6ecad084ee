import type { DataSource } from 'typeorm'
import { shareName } from './cursor'

/** Unpublished events and dead letters, for metrics and alerts. */
export interface Backlog {
  /** Outgoing rows behind the cursors; at most `MAX_COUNTED` are counted. */
  readonly rows: number
  /** How long the oldest of them has been waiting, by the database's clock. */
  readonly seconds: number
  /** Dead letters that were not resent, by consumer. */
  readonly deadLetters: Readonly<Record<string, number>>
}

/** Bounds the cost of one measurement; an alert needs no exact number above it. */
const MAX_COUNTED = 100_000

/** Measures the backlog of all shares. @throws after two seconds, so that metrics do not load a slow database further */
export async function backlogOf(database: DataSource, shareCount: number): Promise<Backlog> {
  const names = Array.from({ length: shareCount }, (_, index) => shareName({ index, count: shareCount }))
  return database.transaction(async (manager) => {
    await manager.query(`SET LOCAL statement_timeout = '2s'`)
    const [unpublished] = await manager.query<{ rows: number; waiting: number | null }[]>(COUNT_UNPUBLISHED, [
      names,
      shareCount,
    ])
    const letters = await manager.query<{ consumer: string; n: number }[]>(COUNT_DEAD_LETTERS)
    return {
      rows: unpublished?.rows ?? 0,
      seconds: Math.max(0, unpublished?.waiting ?? 0) / 1_000,
      deadLetters: Object.fromEntries(letters.map(({ consumer, n }) => [consumer, n])),
    }
  })
}

// First the rows after the slowest cursor, which the index finds; of these, the rows after the cursor of their own share.
const COUNT_UNPUBLISHED = `
  WITH cursors AS MATERIALIZED (
    SELECT i - 1 AS index, coalesce(p.tx, '0'::xid8) AS tx, coalesce(p.position, 0) AS position
    FROM unnest($1::text[]) WITH ORDINALITY AS n(name, i) LEFT JOIN publication p ON p.name = n.name
  ), slowest AS MATERIALIZED (SELECT tx, position FROM cursors ORDER BY tx, position LIMIT 1),
  waiting AS (
    SELECT o.recorded_at FROM (
      SELECT tx, position, stream, recorded_at FROM outgoing WHERE (tx, position) > ((SELECT tx FROM slowest), (SELECT position FROM slowest))
      ORDER BY outgoing.tx, position LIMIT ${MAX_COUNTED}
    ) o JOIN cursors t ON t.index = get_byte(uuid_send(o.stream), 0) % $2 AND (o.tx, o.position) > (t.tx, t.position)
  )
  SELECT count(*)::int AS rows, (extract(epoch FROM clock_timestamp()) * 1000)::bigint - min(recorded_at) AS waiting FROM waiting`

const COUNT_DEAD_LETTERS = `SELECT consumer, count(*)::int AS n FROM (SELECT consumer FROM dead_letter WHERE sent_again_at IS NULL LIMIT ${MAX_COUNTED}) d GROUP BY consumer`
