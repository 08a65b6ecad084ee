import type { HostEvidence, LineUp } from '#case-handling'
import type { Brokers, Publisher } from '#messaging'
import type { LoopMetrics } from '#runtime'
import { token } from '#runtime'
import type { Adapters } from './kafka/adapters'
import type { KafkaSettings } from './kafka/kafka.settings'
import type { WorkerPace } from './loops/pace'

export const LINE_UP = token<LineUp>('line-up')
export const PACE = token<WorkerPace>('pace')
/** `undefined`: marketplaces cannot fetch evidence, so actions that need a link are refused before they are sent. */
export const HOST_EVIDENCE = token<HostEvidence | undefined>('host of evidence')
/** `undefined` without Kafka, like the next two. */
export const KAFKA = token<KafkaSettings | undefined>('Kafka settings')
export const BROKERS = token<Brokers | undefined>('brokers')
export const ADAPTERS = token<Adapters | undefined>('adapters')
/** One for each share; none without brokers. */
export const PUBLISHERS = token<readonly Publisher[]>('publishers')
/** `undefined`: the process has no metrics. */
export const LOOP_METRICS = token<LoopMetrics | undefined>('loop metrics')
