import { randomUUID } from 'node:crypto'
import type { DataSource } from 'typeorm'
import type { Journal } from '#case-handling'
import type { Bells } from '#event-store'
import { Brokers, Publisher } from '#messaging'
import type { Tracing } from '#observability'
import type { KafkaSettings } from './kafka.settings'
import { followedBy } from './traces'

/** One publisher for each share; none where no brokers are named. */
export function publishersBy(settings: KafkaSettings, database: DataSource, bells: Bells, journal: Journal, tracing?: Tracing): Publisher[] {
  const { KAFKA_BROKERS: named, KAFKA_PREFIX: prefix, KAFKA_REPLICAS: replicas, PUBLISH_SHARES: of } = settings
  if (named === undefined) return []
  const brokers = new Brokers({ brokers: named.split(','), prefix, replicas, onTrouble: (said) => journal.note('kafka', { said }) })
  const holder = randomUUID()
  return Array.from({ length: of }, (_, index) => new Publisher({ database, brokers, bells, holder, share: { index, of }, follow: followedBy(database, tracing) }))
}
