import { Transform } from 'class-transformer'
import { IsBoolean, IsInt, IsNumber, IsOptional, IsString, Matches, Max, Min } from 'class-validator'
import { IsMasterKeyList } from '#access'
import { IsDatabaseUrl } from '#event-store'
import { KafkaSettings } from '../../worker/src/kafka/kafka.settings'

const A_PORT = { message: 'must be a port number from 0 to 65535' }

/** Everything has a default: `npm start` needs no setting at all. */
export class StandaloneSettings extends KafkaSettings {
  /** Of the page and its API. */
  @IsInt(A_PORT)
  @Min(0, A_PORT)
  @Max(65_535, A_PORT)
  PORT = 8080

  /** Where marketplaces push to. */
  @IsInt(A_PORT)
  @Min(0, A_PORT)
  @Max(65_535, A_PORT)
  GATEWAY_PORT = 8081

  /** The simulated marketplaces take this port and the two behind it. */
  @IsInt(A_PORT)
  @Min(0, A_PORT)
  @Max(65_533, { message: 'must be a port number up to 65533: two more are taken behind it' })
  SIMULATOR_PORT = 8091

  /** Without it a PostgreSQL of our own is started. */
  @IsOptional()
  @IsDatabaseUrl()
  DATABASE_URL?: string

  /** What survives a restart: the database, the evidence, the simulators' state. */
  @IsString()
  DATA_FOLDER = '.data'

  /** Without it one is made and kept in `KEY_FILE`. */
  @IsOptional()
  @IsString()
  SHOUHOU_KEY?: string

  @IsMasterKeyList()
  SHOUHOU_KEYS?: string

  /** Beside the data folder if not set, as `.data.key`: a backup of the data must not hold the key that opens it. */
  @IsOptional()
  @IsString()
  KEY_FILE?: string

  /** Another seed, other buyers. */
  @Matches(/^[\w-]{1,40}$/, { message: 'must be up to 40 letters, digits, - or _' })
  SIMULATOR_SEED = 'shouhou'

  /** Applications of simulated buyers a minute, at all stores together. */
  @IsNumber({}, { message: 'must be a number' })
  @Min(0)
  @Max(60_000)
  SIMULATOR_PACE = 12

  /** `false`: no simulators and no demonstration organisation. */
  @Transform(
    ({ obj }: { obj: Record<string, unknown> }) =>
      obj['DEMO'] === undefined || obj['DEMO'] === true || obj['DEMO'] === 'true',
  )
  @IsBoolean()
  DEMO = true
}
