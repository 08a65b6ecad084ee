import { isDay } from './periods'
import { QueryRefused } from './metric-request'

/** A position in the list of the rows behind a number. */
export interface FactPosition {
  readonly day: string
  readonly caseId: string
  readonly row: string
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const encodeFactPosition = ({ day, caseId, row }: FactPosition): string =>
  Buffer.from(JSON.stringify([day, caseId, row])).toString('base64url')

/** A cursor gives no rights: the query decides whose rows are shown. @throws QueryRefused */
export function parseFactPosition(cursor: string): FactPosition {
  const [day, caseId, row] = parseList(cursor)
  if (typeof day === 'string' && typeof caseId === 'string' && typeof row === 'string') {
    const position = { day, caseId, row }
    if (isDay(day) && UUID.test(caseId) && !row.includes('\0') && encodeFactPosition(position) === cursor)
      return position
  }
  throw new QueryRefused('BadCursor', 'this cursor was not given for this list')
}

function parseList(cursor: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
