/**
 * A position in a sorted list: the sort key of the last row shown, and its case. `order` names the list, so that the
 * cursor of another list is refused.
 */
export interface ListPosition {
  readonly order: string
  readonly key: number
  readonly caseId: string
}

/** The given cursor was not issued for this list. */
export class BadCursor extends Error {
  constructor() {
    super('this cursor was not given for this list')
  }
}

export const FIRST_ID = '00000000-0000-0000-0000-000000000000'
export const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const LONGEST_CURSOR = 200

export const encodeCursor = ({ order, key, caseId }: ListPosition): string =>
  Buffer.from(JSON.stringify([order, key, caseId])).toString('base64url')

/** A cursor gives no rights: the query decides whose rows are shown. @throws BadCursor */
export function parseCursor(cursor: string, order: string): ListPosition {
  if (cursor.length > LONGEST_CURSOR || !/^[\w-]+$/.test(cursor)) throw new BadCursor()
  const parts = parseJsonArray(Buffer.from(cursor, 'base64url').toString('utf8'))
  const [orderName, key, caseId] = parts
  if (
    parts.length !== 3 ||
    orderName !== order ||
    !Number.isSafeInteger(key) ||
    typeof caseId !== 'string' ||
    !UUID.test(caseId)
  )
    throw new BadCursor()
  const position = { order, key: key as number, caseId }
  if (encodeCursor(position) !== cursor) throw new BadCursor()
  return position
}

function parseJsonArray(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
