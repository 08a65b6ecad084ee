import type { DataSource } from 'typeorm'
import type { PreparingClient } from '../sql/prepared-statements'

/** Numbers of the connections of this process: open, idle, of callers that wait for one, and at most. */
export interface PoolUsage {
  readonly size: number
  readonly idle: number
  readonly waiting: number
  readonly max: number
}

/** The part of the pool of `pg` that is used here. */
interface Pool {
  readonly totalCount: number
  readonly idleCount: number
  readonly waitingCount: number
  readonly options: { readonly max?: number }
  connect(done: (error: Error | undefined, client: unknown, release: (drop: boolean) => void) => void): void
  on(event: 'remove', listener: (client: PreparingClient) => void): void
}

/** TypeORM has no public access to its pool; its driver keeps it under `master`. */
const poolOf = ({ driver }: DataSource): Pool => (driver as unknown as { readonly master: Pool }).master

/**
 * Closes all idle connections as soon as one has timed out: they lead to the same dead server, and each would cost its next
 * user the same wait.
 */
export function dropUnresponsiveConnections(database: DataSource): void {
  const pool = poolOf(database)
  pool.on('remove', ({ timedOut }) => {
    if (timedOut) for (let n = pool.idleCount; n > 0; n--) pool.connect((_error, _client, release) => release(true))
  })
}

export function readPoolUsage(database: DataSource): PoolUsage {
  const { totalCount, idleCount, waitingCount, options } = poolOf(database)
  return { size: totalCount, idle: idleCount, waiting: waitingCount, max: options.max ?? 0 }
}
