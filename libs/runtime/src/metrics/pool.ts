import { Gauge } from 'prom-client'
import type { Metrics } from './metrics'

export interface PoolUse {
  readonly size: number
  readonly idle: number
  /** Requests that wait for a connection. */
  readonly waiting: number
  readonly most: number
}

/** How the connections to the database are used. */
export function showPool(metrics: Metrics, use: () => PoolUse): void {
  const registers = [metrics.registry]
  const connections = new Gauge({
    name: 'shouhou_pool_connections',
    help: 'Connections to the database',
    labelNames: ['state'],
    registers,
  })
  const most = new Gauge({ name: 'shouhou_pool_connections_max', help: 'How many there may be', registers })
  const waiting = new Gauge({ name: 'shouhou_pool_waiting', help: 'Who stands in line for a connection', registers })
  metrics.before(() => {
    const now = use()
    connections.set({ state: 'idle' }, now.idle)
    connections.set({ state: 'busy' }, now.size - now.idle)
    most.set(now.most)
    waiting.set(now.waiting)
    return Promise.resolve()
  })
}
