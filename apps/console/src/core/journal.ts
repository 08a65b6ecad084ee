import { Logger } from '@nestjs/common'
import type { Journal } from '#case-handling'
import { errorOf } from '#runtime'

/** Logs the class of an error, never its message, which may quote personal data. */
export function consoleJournal(): Journal {
  const log = new Logger('console')
  return {
    note: (what, detail = {}) => log.warn(what, detail),
    trouble: (what, error) => log.error(what, errorOf(error)),
  }
}
