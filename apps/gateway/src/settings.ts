import { IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator'
import { IsKeyRing, IsMasterKey } from '#access'
import { EvidenceSettings } from '#case-handling'
import { IsDatabaseUrl } from '#event-store'

export class GatewaySettings extends EvidenceSettings {
  @IsDatabaseUrl()
  DATABASE_URL: string

  @IsMasterKey()
  SHOUHOU_KEY?: string

  @IsKeyRing()
  SHOUHOU_KEYS?: string

  @IsInt({ message: 'must be a port number' })
  @Min(0)
  @Max(65_535)
  GATEWAY_PORT = 8081

  @IsString()
  GATEWAY_HOST = '0.0.0.0'

  /** Connections that are held open at once. One more closes the one that was open longest without an accepted delivery. */
  @IsInt({ message: 'must be a number of connections' })
  @Min(16)
  @Max(100_000)
  GATEWAY_CONNECTIONS = 500

  @IsOptional()
  @Matches(/^https?:\/\/\S+$/, { message: 'must be an http address that answers {"now": milliseconds}' })
  SHOUHOU_CLOCK?: string
}
