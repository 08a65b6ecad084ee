import { Transform } from 'class-transformer'
import { IsBoolean, IsIn, IsInt, IsOptional, Matches, Max, Min, ValidateIf } from 'class-validator'
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

  /** Any where people reach the console by a proxy with TLS (`PUBLIC_URL`): passwords and sessions must not travel in clear. */
  @ValidateIf((settings: ConsoleSettings) => !settings.CONSOLE_CONTAINED && settings.PUBLIC_URL === undefined)
  @IsIn(LOOPBACK, {
    message: `must be one of ${LOOPBACK.join(', ')} unless PUBLIC_URL says by which https address people reach the console`,
  })
  CONSOLE_HOST = '127.0.0.1'

  /** How people reach the console, e.g. `https://after-sale.example.com`; absent: on this machine only. */
  @IsOptional()
  @Matches(/^https:\/\/[a-z\d.-]+(?::\d{1,5})?\/?$/i, { message: 'must be an https address without a path' })
  PUBLIC_URL?: string

  /** Actions that cost more need password or code of the last five minutes, fen. */
  @IsInt({ message: 'must be whole fen' })
  @Min(0)
  PROOF_ABOVE_FEN = 50_000

  /** How long an action that costs money waits before it is sent, so that it can be withdrawn; 0: not at all. Not near a deadline. */
  @IsInt({ message: 'must be whole seconds' })
  @Min(0)
  @Max(30)
  UNDO_SECONDS = 5

  /** How many names and phones of buyers a person may see in a day. */
  @IsInt({ message: 'must be a whole number' })
  @Min(0)
  @Max(10_000)
  REVEALS_A_DAY = 50

  /** The prefix that the workers publish under: `/asyncapi.json` names the topics. */
  @Matches(/^[\w.-]*$/, { message: 'may hold letters, digits, dots, dashes and underscores' })
  KAFKA_PREFIX = 'shouhou.'
}
