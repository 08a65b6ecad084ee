import { IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator'
import { IsKeyRing, IsMasterKey } from '#access'
import { IsDatabaseUrl } from '#event-store'
import { KafkaSettings } from './kafka.settings'

export class WorkerSettings extends KafkaSettings {
  @IsDatabaseUrl()
  DATABASE_URL: string

  @IsMasterKey()
  SHOUHOU_KEY?: string

  @IsKeyRing()
  SHOUHOU_KEYS?: string

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

  /** Where `/healthz` and `/readyz` are answered; absent: nowhere. */
  @IsOptional()
  @IsInt({ message: 'must be a port number' })
  @Min(0)
  @Max(65_535)
  HEALTH_PORT?: number

  @IsString()
  HEALTH_HOST = '127.0.0.1'

  @IsOptional()
  @Matches(/^https?:\/\/\S+$/, { message: 'must be an http address that answers {"now": milliseconds}' })
  SHOUHOU_CLOCK?: string
}
