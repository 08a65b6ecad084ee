import type { Journal } from '#case-handling'
import { Brokers } from '#messaging'
import { transportBy } from './kafka-transport'
import type { KafkaSettings } from './kafka.settings'

/** The brokers that are named, for all of a process that speaks to them, so that their trouble is told once; `undefined` where none are. */
export function brokersBy(settings: KafkaSettings, journal: Journal): Brokers | undefined {
  const { KAFKA_BROKERS: named, KAFKA_PREFIX: prefix, KAFKA_REPLICAS: replicas } = settings
  if (named === undefined) return undefined
  return new Brokers({
    brokers: named.split(','),
    prefix,
    replicas,
    ...transportBy(settings),
    onTrouble: (line) => journal.note(line),
  })
}
