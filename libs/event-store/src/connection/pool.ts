import type { DataSource } from 'typeorm'
import type { PreparingClient } from '../sql/prepared'

/** How the connections of a process are used at this moment. */
export interface PoolUsage {
  readonly size: number
  readonly idle: number
  readonly waiting: number
  readonly max: number
}

interface Pool {
  readonly totalCount: number
  readonly idleCount: number
  readonly waitingCount: number
  readonly options: { readonly max?: number }
  connect(done: (error: Error | undefined, client: unknown, release: (drop: boolean) => void) => void): void
  on(event: 'remove', listener: (client: PreparingClient) => void): void
}

/** TypeORM shows its pool only through the driver. */
const poolOf = ({ driver }: DataSource): Pool => (driver as unknown as { readonly master: Pool }).master

/**
 * When one connection has timed out, the idle ones lead to the same dead server: each would cost its next user the same
 * wait.
 */
export function dropUnresponsiveConnections(database: DataSource): void {
  const pool = poolOf(database)
  pool.on('remove', ({ timedOut: fellSilent }) => {
    if (fellSilent) for (let n = pool.idleCount; n > 0; n--) pool.connect((_error, _client, release) => release(true))
  })
}

export function readPoolUsage(database: DataSource): PoolUsage {
  const { totalCount, idleCount, waitingCount, options } = poolOf(database)
  return { size: totalCount, idle: idleCount, waiting: waitingCount, max: options.max ?? 0 }
}
