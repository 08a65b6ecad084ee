import type { Journal } from '#case-handling'
import { Brokers } from '#messaging'
import { buildTransport } from './kafka-transport'
import type { KafkaSettings } from './kafka.settings'

/** The Kafka brokers of the settings, one client for the process, so that an outage is reported once; `undefined` where none are set. */
export function createBrokers(settings: KafkaSettings, journal: Journal): Brokers | undefined {
  const { KAFKA_BROKERS: addresses, KAFKA_PREFIX: prefix, KAFKA_REPLICAS: replicas } = settings
  if (addresses === undefined) return undefined
  return new Brokers({
    brokers: addresses.split(','),
    prefix,
    replicas,
    ...buildTransport(settings),
    onTrouble: (line) => journal.info(line),
  })
}
