import { IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator'
import { EvidenceSettings } from '#case-handling'

export class WorkerSettings extends EvidenceSettings {
  @Matches(/^postgres(ql)?:\/\/\S+$/, { message: 'must be an address like postgres://user:password@host:5432/name' })
  DATABASE_URL: string

  @IsString({ message: 'must be given: 32 bytes in base64, the same for gateway, worker and console' })
  SHOUHOU_KEY: string

  /** Messages understood in one transaction. */
  @IsInt()
  @Min(1)
  @Max(5_000)
  WORKER_BATCH = 500

  /** Batches under way at once. */
  @IsInt()
  @Min(1)
  @Max(16)
  WORKER_LANES = 2

  /** Seconds between two looks at each store's list of changes. */
  @IsInt()
  @Min(1)
  @Max(1_800)
  PULL_EVERY_SECONDS = 10

  /** Hours that the first pull of a new store goes back. */
  @IsInt()
  @Min(1)
  @Max(4_320)
  BACKFILL_HOURS = 48

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

  @IsOptional()
  @Matches(/^https?:\/\/\S+$/, { message: 'must be an http address that answers {"now": milliseconds}' })
  SHOUHOU_CLOCK?: string
}
