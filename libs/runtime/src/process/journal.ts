import { Logger } from '@nestjs/common'
import { loggableError } from '../logs/redact'

/** The log of a process's loops and handlers, without personal data. */
export interface Journal {
  info(what: string, detail?: Readonly<Record<string, string | number | boolean>>): void
  warn(what: string, error: unknown): void
}

/** Writes to the log. Of an error only its class and code: its text may quote what was received. */
export function nestJournal(name: string): Journal {
  const log = new Logger(name)
  return {
    info: (what, detail) => (detail === undefined ? log.log(what) : log.log(what, detail)),
    warn: (what, error) => log.warn(what, loggableError(error)),
  }
}
