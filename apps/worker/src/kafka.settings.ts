import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator'
import { EvidenceSettings } from '#case-handling'

/** Where events are published to: the same for the worker and for all in one. */
export class KafkaSettings extends EvidenceSettings {
  /** Brokers of Apache Kafka; without them nothing is published. */
  @IsOptional()
  @Matches(/^[\w.-]+:\d+(,[\w.-]+:\d+)*$/, { message: 'must be addresses like kafka-1:9092,kafka-2:9092' })
  KAFKA_BROKERS?: string

  /** What stands before the names of our topics. */
  @Matches(/^[\w.-]*$/, { message: 'may hold letters, digits, dots, dashes and underscores' })
  KAFKA_PREFIX = 'shouhou.'

  /** Copies of every message, of topics that are made by us. */
  @IsInt()
  @Min(1)
  @Max(9)
  KAFKA_REPLICAS = 1

  /** Shares into which the cases are cut for publishing; the same for all workers. */
  @IsInt()
  @Min(1)
  @Max(16)
  PUBLISH_SHARES = 1

  /** Seconds in which an adapter outside may begin an action and answer; then it is in doubt. */
  @IsInt()
  @Min(2)
  @Max(60)
  ADAPTER_ANSWER_SECONDS = 60
}
