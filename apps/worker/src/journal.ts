import { Logger } from '@nestjs/common'
import type { Journal } from '#case-handling'

/** Log lines without personal data: of an error only its class and code, since its text may quote what came in. */
export function nestJournal(name: string): Journal {
  const log = new Logger(name)
  return {
    note: (what, detail) => log.log(detail === undefined ? what : `${what} ${JSON.stringify(detail)}`),
    trouble: (what, error) => log.warn(`${what}: ${nameOf(error)}`),
  }
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error'
  const { code } = error as { code?: unknown }
  const { name } = error.constructor
  return typeof code === 'string' ? `${name} ${code}` : name
}
