/**
 * A position in a list: the sort key of the last row shown, and its case. The order's name prevents a cursor of another
 * list from being used.
 */
export interface Place {
  readonly order: string
  readonly key: number
  readonly caseId: string
}

/** The cursor was not issued for this list. */
export class BadCursor extends Error {
  constructor() {
    super('this cursor was not given for this list')
  }
}

export const FIRST_ID = '00000000-0000-0000-0000-000000000000'
export const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const LONGEST_CURSOR = 200

export const cursorOf = ({ order, key, caseId }: Place): string =>
  Buffer.from(JSON.stringify([order, key, caseId])).toString('base64url')

/** Throws `BadCursor`. A cursor grants nothing: the query decides whose rows are shown. */
export function placeOf(cursor: string, order: string): Place {
  if (cursor.length > LONGEST_CURSOR || !/^[\w-]+$/.test(cursor)) throw new BadCursor()
  const parts = partsOf(Buffer.from(cursor, 'base64url').toString('utf8'))
  const [name, key, caseId] = parts
  if (
    parts.length !== 3 ||
    name !== order ||
    !Number.isSafeInteger(key) ||
    typeof caseId !== 'string' ||
    !UUID.test(caseId)
  )
    throw new BadCursor()
  const place = { order, key: key as number, caseId }
  if (cursorOf(place) !== cursor) throw new BadCursor()
  return place
}

function partsOf(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
