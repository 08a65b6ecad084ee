import { IsOptional, Matches } from 'class-validator'
import { IsMasterKeyList, IsMasterKey } from '#access'
import { IsDatabaseUrl, IsRolePrefix } from '#event-store'
import { WatchSettings } from './watch.settings'

/** What gateway, worker and console are all given, beside their own settings. */
export class RuntimeSettings extends WatchSettings {
  @IsDatabaseUrl()
  DATABASE_URL: string

  /** The URL of the tables' owner, for migrations; absent: DATABASE_URL is the owner's, or the tables are up to date. */
  @IsOptional()
  @IsDatabaseUrl()
  DATABASE_OWNER_URL?: string

  /** What the names of the database's roles begin with; by default the database's name. */
  @IsOptional()
  @IsRolePrefix()
  DATABASE_ROLES?: string

  @IsMasterKey()
  SHOUHOU_KEY?: string

  @IsMasterKeyList()
  SHOUHOU_KEYS?: string

  @IsOptional()
  @Matches(/^https?:\/\/\S+$/, { message: 'must be an http address that answers {"now": milliseconds}' })
  SHOUHOU_CLOCK?: string
}
