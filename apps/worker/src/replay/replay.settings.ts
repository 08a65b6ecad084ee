import { IsOptional, IsString } from 'class-validator'
import { IsMasterKeyList } from '#access'
import { IsDatabaseUrl } from '#event-store'

/** The settings of `npm run replay`: the database to read, by its address or in the folder of `npm start`. */
export class ReplaySettings {
  @IsOptional()
  @IsDatabaseUrl()
  DATABASE_URL?: string

  /** Where `npm start` keeps its database and key; used where no address is given. */
  @IsString()
  DATA_FOLDER = '.data'

  @IsOptional()
  @IsString()
  SHOUHOU_KEY?: string

  @IsMasterKeyList()
  SHOUHOU_KEYS?: string

  /** Where `npm start` keeps its key, if not beside its data. */
  @IsOptional()
  @IsString()
  KEY_FILE?: string
}
