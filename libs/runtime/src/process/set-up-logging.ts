import { Logger } from '@nestjs/common'
import type { LogOptions } from '../logs/log'
import { Log } from '../logs/log'
import { NestLog } from '../logs/nest-log'
import { logWarnings } from '../logs/process-warnings'

/** Sends everything that this process logs, Nest's lines and Node's warnings included, to one log. */
export function setUpLogging(app: string, format: LogOptions['format']): Log {
  const log = new Log({ format })
  Logger.overrideLogger(new NestLog(log, app))
  logWarnings(log, app)
  return log
}
