import { IsInt, IsString, Max, Min } from 'class-validator'
import { EvidenceSettings } from '#case-handling'

/** The settings of the gateway in addition to `RuntimeSettings`. */
export class GatewaySettings extends EvidenceSettings {
  @IsInt({ message: 'must be a port number' })
  @Min(0)
  @Max(65_535)
  GATEWAY_PORT = 8081

  @IsString()
  GATEWAY_HOST = '0.0.0.0'

  /** The most connections that are open at once; one more closes the one open longest without an accepted delivery. */
  @IsInt({ message: 'must be a number of connections' })
  @Min(16)
  @Max(100_000)
  GATEWAY_CONNECTIONS = 500
}
