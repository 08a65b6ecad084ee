import type { Journal } from '#case-handling'
import { Brokers } from '#messaging'
import { transportBy } from './kafka-transport'
import type { KafkaSettings } from './kafka.settings'

/** The Kafka brokers of the settings, one client for the process, so that an outage is reported once; `undefined` where none are set. */
export function brokersBy(settings: KafkaSettings, journal: Journal): Brokers | undefined {
  const { KAFKA_BROKERS: named, KAFKA_PREFIX: prefix, KAFKA_REPLICAS: replicas } = settings
  if (named === undefined) return undefined
  return new Brokers({
    brokers: named.split(','),
    prefix,
    replicas,
    ...transportBy(settings),
    onTrouble: (line) => journal.info(line),
  })
}
