import type { DataSource } from 'typeorm'
import type { EveryOrganisation } from '#access'
import type { Clock } from '#case-handling'
import { feedStallMs } from '#event-store'
import type { Publisher } from '#messaging'
import { backlogOf } from '#messaging'
import type { Metrics } from '#runtime'
import { LoopMetrics, exportDeploymentMetrics, exportFeedMetrics, exportPublishingMetrics } from '#runtime'
import { readDeploymentStatus } from '#read-models'
import type { Adapters } from '../kafka/adapters'

/** Adds what a worker reports beside the runtime: its loops, the deployment's state and, with brokers, the publication. */
export function showWorker(
  metrics: Metrics | undefined,
  database: DataSource,
  clock: Clock,
  publishers: readonly Publisher[],
  adapters: Adapters | undefined,
  organisations: EveryOrganisation,
): LoopMetrics | undefined {
  if (metrics === undefined) return undefined
  exportDeploymentMetrics(metrics, () => organisations.during(() => readDeploymentStatus(database, clock())))
  exportFeedMetrics(metrics, () => feedStallMs(database))
  if (publishers.length > 0)
    exportPublishingMetrics(metrics, {
      counters: () => publishers.map(({ counters }) => counters),
      readStatus: () => backlogOf(database, publishers.length),
      readConsumerLag: () => adapters?.lag(),
      readLostRecords: () => adapters?.lost(),
    })
  return new LoopMetrics(metrics)
}
