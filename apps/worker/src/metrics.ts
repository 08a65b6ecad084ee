import type { DataSource } from 'typeorm'
import type { KeyReadiness } from '#access'
import type { Clock } from '#case-handling'
import { poolUse, stalledFor } from '#event-store'
import type { Publisher } from '#messaging'
import { backlogOf } from '#messaging'
import type { Metrics } from '#runtime'
import { LoopMetrics, showFeed, showDeployment, showPool, showPublishing, showSecrets } from '#runtime'
import { deploymentStatus } from '#read-models'
import type { Adapters } from './adapters'

export interface WatchedWorker {
  readonly database: DataSource
  readonly clock: Clock
  readonly publishers: readonly Publisher[]
  readonly adapters: Adapters | undefined
  readonly keys: KeyReadiness
}

/** What a worker shows: its pool and loops, how the whole house stands, and, where it publishes, how far that is. */
export function showWorker(
  metrics: Metrics,
  { database, clock, publishers, adapters, keys }: WatchedWorker,
): LoopMetrics {
  showPool(metrics, () => poolUse(database))
  showDeployment(metrics, () => deploymentStatus(database, clock()))
  showSecrets(metrics, () => keys.counts())
  showFeed(metrics, () => stalledFor(database))
  if (publishers.length > 0)
    showPublishing(metrics, {
      told: () => publishers.map(({ counters }) => counters),
      ask: () => backlogOf(database, publishers.length),
      lag: () => adapters?.lag(),
      lost: () => adapters?.lost(),
    })
  return new LoopMetrics(metrics)
}
