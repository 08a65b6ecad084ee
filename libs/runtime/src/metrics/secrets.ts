import { Gauge } from 'prom-client'
import type { Metrics } from './metrics'

export interface UnreadableCounts {
  readonly apps: number
  readonly stores: number
}

/** How many secrets cannot be opened. Each affects only its own app or store. */
export function exportSecretMetrics(metrics: Metrics, readCounts: () => Promise<UnreadableCounts>): void {
  const registers = [metrics.registry]
  const apps = new Gauge({ name: 'shouhou_unreadable_apps', help: 'Apps whose secret cannot be opened', registers })
  const stores = new Gauge({
    name: 'shouhou_unreadable_stores',
    help: 'Stores whose tokens cannot be opened',
    registers,
  })
  metrics.beforeScrape(async () => {
    const counts = await readCounts().catch(() => undefined)
    if (counts === undefined) return
    apps.set(counts.apps)
    stores.set(counts.stores)
  })
}
