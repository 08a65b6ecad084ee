import type { DataSource } from 'typeorm'

/** How the connections of a process are used at this moment. */
export interface PoolUse {
  readonly size: number
  readonly idle: number
  readonly waiting: number
  readonly most: number
}

interface Pool {
  readonly totalCount: number
  readonly idleCount: number
  readonly waitingCount: number
  readonly options: { readonly max?: number }
}

/** TypeORM shows its pool only through the driver. */
export function poolUse({ driver }: DataSource): PoolUse {
  const { totalCount, idleCount, waitingCount, options } = (driver as unknown as { readonly master: Pool }).master
  return { size: totalCount, idle: idleCount, waiting: waitingCount, most: options.max ?? 0 }
}
