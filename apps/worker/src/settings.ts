import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator'
import { KafkaSettings } from './kafka/kafka.settings'

/** The settings of the worker in addition to `RuntimeSettings`. */
export class WorkerSettings extends KafkaSettings {
  /** Messages per transaction. */
  @IsInt()
  @Min(1)
  @Max(5_000)
  WORKER_BATCH = 500

  /** Batches in progress at once. */
  @IsInt()
  @Min(1)
  @Max(16)
  WORKER_LANES = 2

  /** Seconds between two pulls of each store's list of changes. */
  @IsInt()
  @Min(1)
  @Max(1_800)
  PULL_EVERY_SECONDS = 10

  /** Hours that the first pull of a new store goes back. */
  @IsInt()
  @Min(1)
  @Max(4_320)
  BACKFILL_HOURS = 48

  /** The port of `/healthz` and `/readyz`; absent: they are not served. */
  @IsOptional()
  @IsInt({ message: 'must be a port number' })
  @Min(0)
  @Max(65_535)
  HEALTH_PORT?: number

  @IsString()
  HEALTH_HOST = '127.0.0.1'
}
