import { Logger } from '@nestjs/common'
import { errorOf } from '../logs/redact'

/** Where the loops and handlers of a process report: log lines without personal data. */
export interface Journal {
  note(what: string, detail?: Readonly<Record<string, string | number | boolean>>): void
  trouble(what: string, error: unknown): void
}

/** Writes to the log. Of an error only its class and code: its text may quote what was received. */
export function nestJournal(name: string): Journal {
  const log = new Logger(name)
  return {
    note: (what, detail) => (detail === undefined ? log.log(what) : log.log(what, detail)),
    trouble: (what, error) => log.warn(what, errorOf(error)),
  }
}
