import { Gauge } from 'prom-client'
import type { Metrics } from './metrics'

export interface PoolUsage {
  readonly size: number
  readonly idle: number
  /** Requests that wait for a connection. */
  readonly waiting: number
  readonly max: number
}

/** Of a process with several pools. */
export const sumOfPools = (pools: readonly PoolUsage[]): PoolUsage =>
  pools.reduce((sum, { size, idle, waiting, max }) => ({
    size: sum.size + size,
    idle: sum.idle + idle,
    waiting: sum.waiting + waiting,
    max: sum.max + max,
  }))

/** How the connections to the database are used. */
export function exportPoolMetrics(metrics: Metrics, readUsage: () => PoolUsage): void {
  const registers = [metrics.registry]
  const connections = new Gauge({
    name: 'shouhou_pool_connections',
    help: 'Connections to the database',
    labelNames: ['state'],
    registers,
  })
  const max = new Gauge({ name: 'shouhou_pool_connections_max', help: 'How many there may be', registers })
  const waiting = new Gauge({ name: 'shouhou_pool_waiting', help: 'Who stands in line for a connection', registers })
  metrics.beforeScrape(() => {
    const now = readUsage()
    connections.set({ state: 'idle' }, now.idle)
    connections.set({ state: 'busy' }, now.size - now.idle)
    max.set(now.max)
    waiting.set(now.waiting)
    return Promise.resolve()
  })
}
