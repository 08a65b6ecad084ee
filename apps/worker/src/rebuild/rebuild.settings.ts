import { IsOptional, IsString } from 'class-validator'
import { IsDatabaseUrl } from '#event-store'

/** Of `npm run rebuild`: the database, by its address or in the folder of `npm start`. */
export class RebuildSettings {
  @IsOptional()
  @IsDatabaseUrl()
  DATABASE_URL?: string

  /** The data folder of `npm start`, whose database is used where `DATABASE_URL` is not set and `npm start` is not running. */
  @IsString()
  DATA_FOLDER = '.data'
}
