import { Counter, Gauge } from 'prom-client'
import type { Metrics } from './metrics'
import { collectFromProbe } from './cached-probe'

/** What one publisher of this process has done since it started. */
export interface PublisherTotals {
  readonly events: number
  readonly snapshots: number
  readonly batches: number
  readonly bytes: number
  readonly refused: number
  readonly failures: number
}

/** The state of publishing and of consumers, by the tables. */
export interface PublishingStatus {
  /** Outgoing rows that are not published yet, counted up to 100,000, and how long the oldest has been waiting. */
  readonly rows: number
  readonly seconds: number
  /** Dead letters that were not resent, by consumer. */
  readonly deadLetters: Readonly<Record<string, number>>
}

export interface PublishingParts {
  readonly counters: () => readonly PublisherTotals[]
  readonly readStatus: () => Promise<PublishingStatus>
  /** Messages that wait at the broker for consumers of this process. */
  readonly readConsumerLag: () => number | undefined
  /** Records that consumers of this process could neither take nor keep as dead letters, since it started. */
  readonly readLostRecords: () => number | undefined
}

const COUNTER_SUBJECTS = {
  events: 'Events',
  snapshots: 'Snapshots',
  batches: 'Batches',
  bytes: 'Bytes of values',
  refused: 'Events that must not go out as they are',
  failures: 'Attempts that broker or database ended',
}

export function exportPublishingMetrics(
  metrics: Metrics,
  { counters: published, readStatus, readConsumerLag, readLostRecords }: PublishingParts,
): void {
  const registers = [metrics.registry]
  const counters = (Object.entries(COUNTER_SUBJECTS) as [keyof PublisherTotals, string][]).map(([name, what]) => {
    const counter = new Counter({
      name: `shouhou_published_${name}_total`,
      help: `${what}, of publishers in this process`,
      registers,
    })
    return { name, counter }
  })
  const rows = new Gauge({
    name: 'shouhou_publication_behind_rows',
    help: 'Outgoing rows that are not published yet; counted up to 100,000',
    registers,
  })
  const seconds = new Gauge({
    name: 'shouhou_publication_behind_seconds',
    help: 'How long the oldest of them has been waiting',
    registers,
  })
  const deadLetters = new Gauge({
    name: 'shouhou_dead_letters',
    help: 'What could not be published or consumed and was not sent again',
    labelNames: ['consumer'],
    registers,
  })
  const consumerLag = new Gauge({
    name: 'shouhou_consumer_lag_messages',
    help: 'Messages that wait at the broker for consumers of this process',
    registers,
  })
  const lostRecords = new Counter({
    name: 'shouhou_consumer_lost_records_total',
    help: 'Records that consumers of this process could neither take nor keep as dead letters, and passed over',
    registers,
  })
  metrics.beforeScrape(() => {
    lostRecords.reset()
    lostRecords.inc(readLostRecords() ?? 0)
    for (const { name, counter } of counters) {
      counter.reset()
      counter.inc(published().reduce((sum, one) => sum + one[name], 0))
    }
    consumerLag.set(readConsumerLag() ?? 0)
    return Promise.resolve()
  })
  collectFromProbe(metrics, 'publishing', readStatus, (now) => {
    deadLetters.reset()
    if (now === undefined) return void [rows, seconds].forEach((gauge) => gauge.remove({}))
    rows.set(now.rows)
    seconds.set(now.seconds)
    for (const [consumer, n] of Object.entries(now.deadLetters)) deadLetters.set({ consumer }, n)
  })
}

/**
 * How long the oldest open transaction that has written anything has been holding back the feed: nothing that was committed
 * after it can be published. Queried at most every second, not every five like the others, since its alert must fire within ten.
 */
export function exportFeedMetrics(metrics: Metrics, readStallMs: () => Promise<number>): void {
  const gauge = new Gauge({
    name: 'shouhou_feed_stalled_seconds',
    help: 'How long the oldest writing transaction has been open',
    registers: [metrics.registry],
  })
  collectFromProbe(
    metrics,
    'feed',
    readStallMs,
    (ms) => (ms === undefined ? gauge.remove({}) : gauge.set(ms / 1_000)),
    {
      freshMs: 1_000,
      withinMs: 1_000,
    },
  )
}
