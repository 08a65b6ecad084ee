import { Logger } from '@nestjs/common'
import type { Journal } from '#case-handling'
import { errorOf } from '#runtime'

/** Where the console's troubles go: the class of an error, never what it says, which may quote a person. */
export function consoleJournal(): Journal {
  const log = new Logger('console')
  return {
    note: (what, detail = {}) => log.warn(what, detail),
    trouble: (what, error) => log.error(what, errorOf(error)),
  }
}
