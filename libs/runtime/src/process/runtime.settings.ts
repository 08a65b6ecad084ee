import { IsOptional, Matches } from 'class-validator'
import { IsMasterKeyList, IsMasterKey } from '#access'
import { IsDatabaseUrl } from '#event-store'
import { WatchSettings } from './watch.settings'

/** What gateway, worker and console are all given, beside their own settings. */
export class RuntimeSettings extends WatchSettings {
  @IsDatabaseUrl()
  DATABASE_URL: string

  @IsMasterKey()
  SHOUHOU_KEY?: string

  @IsMasterKeyList()
  SHOUHOU_KEYS?: string

  @IsOptional()
  @Matches(/^https?:\/\/\S+$/, { message: 'must be an http address that answers {"now": milliseconds}' })
  SHOUHOU_CLOCK?: string
}
