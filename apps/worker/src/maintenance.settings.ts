import { IsOptional, IsString } from 'class-validator'
import { IsDatabaseUrl, IsRolePrefix } from '#event-store'

/** The settings of commands that work as the database's owner: its address, or the folder of `npm start`. */
export class MaintenanceSettings {
  @IsOptional()
  @IsDatabaseUrl()
  DATABASE_URL?: string

  /** The data folder of `npm start`, whose database is used where `DATABASE_URL` is not set and `npm start` is not running. */
  @IsString()
  DATA_FOLDER = '.data'

  /** As the processes have it. */
  @IsOptional()
  @IsRolePrefix()
  DATABASE_ROLES?: string
}
