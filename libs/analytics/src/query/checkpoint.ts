import type { DataSource } from 'typeorm'
import type { SqlExecutor } from '#event-store'

/** How far the cases were followed. */
export interface Followed {
  /** Up to when, UTC ms; `null`: not yet at all. */
  readonly asOf: number | null
  /** The log position: an answer of the same position is the same. */
  readonly position: string
}

export async function checkpointOf(database: SqlExecutor, org: number): Promise<Followed> {
  const [row] = await database.query<Followed[]>(
    `SELECT caught_up_at AS "asOf", tx::text || '/' || stream AS position FROM analytics_checkpoint WHERE org = $1`,
    [org],
  )
  return row ?? { asOf: null, position: '0' }
}

/** All questions of one moment together took longer than they may. */
export class TookTooLong extends Error {}

/** PostgreSQL: `query_canceled`. */
const CANCELLED = '57014'

/**
 * Several questions about one moment: figures, cases and the position are of the same snapshot. The limit is for all of them and
 * the wait for a connection together: each statement gets what the ones before it have left, and is cancelled by the server.
 * @throws TookTooLong
 */
export async function atOneMoment<T>(
  database: DataSource,
  limitMs: number,
  ask: (snapshot: SqlExecutor) => Promise<T>,
): Promise<T> {
  const until = performance.now() + limitMs
  try {
    return await database.transaction('REPEATABLE READ', async (manager) => {
      const query = async <R>(sql: string, values?: unknown[]): Promise<R> => {
        const left = Math.floor(until - performance.now())
        if (left <= 0) throw new TookTooLong()
        await manager.query(
          `SELECT set_config('statement_timeout', $1, true), set_config('transaction_read_only', 'on', true)`,
          [`${left}ms`],
        )
        return manager.query<R>(sql, values)
      }
      return ask({ query })
    })
  } catch (error) {
    throw (error as { code?: unknown }).code === CANCELLED ? new TookTooLong() : error
  }
}
