import type { DataSource, EntityManager } from 'typeorm'
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

/**
 * Several questions about one moment: figures, cases and the position are of the same snapshot. A question that takes longer is
 * cancelled by the server (`query_canceled`), so that it does not hold a connection.
 */
export const atOneMoment = <T>(
  database: DataSource,
  timeoutMs: number,
  ask: (manager: EntityManager) => Promise<T>,
): Promise<T> =>
  database.transaction('REPEATABLE READ', async (manager) => {
    await manager.query(
      `SELECT set_config('statement_timeout', $1, true), set_config('transaction_read_only', 'on', true)`,
      [`${timeoutMs}ms`],
    )
    return ask(manager)
  })
