import { Logger } from '@nestjs/common'
import type { Journal } from '#case-handling'
import { errorOf } from '#runtime'

/** Log lines without personal data: of an error only its class and code, since its text may quote what came in. */
export function nestJournal(name: string): Journal {
  const log = new Logger(name)
  return {
    note: (what, detail) => (detail === undefined ? log.log(what) : log.log(what, detail)),
    trouble: (what, error) => log.warn(what, errorOf(error)),
  }
}
