import { Transform } from 'class-transformer'
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, Min, ValidateIf } from 'class-validator'
import { EvidenceSettings } from '#case-handling'
import { LOOPBACK } from './serve'

/** The settings of the console beside `RuntimeSettings`. */
export class ConsoleSettings extends EvidenceSettings {
  @IsInt({ message: 'must be a port number' })
  @Min(0)
  @Max(65_535)
  PORT = 8080

  /** `true` only in a container whose port is published on its host's loopback address: then `CONSOLE_HOST` may be any. */
  @Transform(
    ({ obj }: { obj: Record<string, unknown> }) =>
      obj['CONSOLE_CONTAINED'] === true || obj['CONSOLE_CONTAINED'] === 'true',
  )
  @IsBoolean()
  CONSOLE_CONTAINED = false

  @ValidateIf((settings: ConsoleSettings) => !settings.CONSOLE_CONTAINED)
  @IsIn(LOOPBACK, {
    message: `must be one of ${LOOPBACK.join(', ')}: there is no log-in yet, so no other machine may reach the console`,
  })
  CONSOLE_HOST = '127.0.0.1'

  /** The slug of the organisation whose cases are shown; the first one if absent. */
  @IsOptional()
  @IsString()
  ORGANISATION?: string

  /** The prefix that the workers publish under: `/asyncapi.json` names the topics. */
  @Matches(/^[\w.-]*$/, { message: 'may hold letters, digits, dots, dashes and underscores' })
  KAFKA_PREFIX = 'shouhou.'
}
