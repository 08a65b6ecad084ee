import type { Provider } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { Directory } from '#access'
import type { Clock, Journal, LineUp, Sealing } from '#case-handling'
import { WakeUps } from '#event-store'
import type { Brokers, Publisher } from '#messaging'
import type { Tracing } from '#runtime'
import { CLOCK, JOURNAL, SEALING, TRACING, provideBy } from '#runtime'
import type { Adapters } from './adapters'
import { createAdapters } from './adapters'
import { createBrokers } from './brokers'
import type { KafkaSettings } from './kafka.settings'
import { createPublishers } from './publishers'
import { ADAPTERS, BROKERS, KAFKA, LINE_UP, PUBLISHERS } from '../tokens'

const openBrokers = (settings: KafkaSettings | undefined, journal: Journal): Brokers | undefined =>
  settings && createBrokers(settings, journal)
const publishers = (
  settings: KafkaSettings | undefined,
  to: Brokers | undefined,
  database: DataSource,
  wakeUps: WakeUps,
  tracing: Tracing | undefined,
): readonly Publisher[] => (settings === undefined ? [] : createPublishers(settings, to, database, wakeUps, tracing))
const adapters = (
  settings: KafkaSettings | undefined,
  at: Brokers | undefined,
  database: DataSource,
  lineUp: LineUp,
  stores: Directory,
  sealing: Sealing,
  clock: Clock,
  journal: Journal,
): Adapters | undefined =>
  settings && createAdapters(settings, at, { database, lineUp, stores, sealing, clock, journal })

/** What speaks to Kafka, where brokers are set. */
export const KAFKA_PROVIDERS: readonly Provider[] = [
  provideBy(BROKERS, openBrokers, KAFKA, JOURNAL),
  provideBy(PUBLISHERS, publishers, KAFKA, BROKERS, DataSource, WakeUps, TRACING),
  provideBy(ADAPTERS, adapters, KAFKA, BROKERS, DataSource, LINE_UP, Directory, SEALING, CLOCK, JOURNAL),
]
