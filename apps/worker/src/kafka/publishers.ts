import { randomUUID } from 'node:crypto'
import type { DataSource } from 'typeorm'
import type { WakeUps } from '#event-store'
import type { Brokers } from '#messaging'
import { Publisher } from '#messaging'
import type { Tracing } from '#runtime'
import type { KafkaSettings } from './kafka.settings'
import { publishTracer } from '../loops/traces'

/** One publisher for each share; none where no brokers are named. */
export function createPublishers(
  settings: KafkaSettings,
  brokers: Brokers | undefined,
  database: DataSource,
  wakeUps: WakeUps,
  tracing?: Tracing,
): Publisher[] {
  if (brokers === undefined) return []
  const { PUBLISH_SHARES: count } = settings
  const holder = randomUUID()
  return Array.from(
    { length: count },
    (_, index) =>
      new Publisher({
        database,
        brokers,
        wakeUps,
        holder,
        share: { index, count },
        trace: publishTracer(database, tracing),
      }),
  )
}
