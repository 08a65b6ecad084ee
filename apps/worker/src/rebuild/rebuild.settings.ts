import { IsOptional, IsString } from 'class-validator'
import { IsDatabaseUrl } from '#event-store'

/** Of `npm run rebuild`: the database, by its address or in the folder of `npm start`. */
export class RebuildSettings {
  @IsOptional()
  @IsDatabaseUrl()
  DATABASE_URL?: string

  /** Where `npm start` keeps its database; used where no address is given, while it is not running. */
  @IsString()
  DATA_FOLDER = '.data'
}
