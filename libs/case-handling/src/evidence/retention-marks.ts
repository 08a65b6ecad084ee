/**
 * Until when a piece is kept, as the name of an empty file next to it: `abcd….until-1790000000000`. Marks are only
 * added and, once over, removed; the latest counts. So two writers never overwrite each other's time.
 */
export const retentionMarkName = (key: string, until: number): string => `${key}.until-${until}`

const MARK = /^([0-9a-f]{64})\.until-(\d{1,16})$/

export interface RetentionMark {
  readonly digest: string
  readonly until: number
}

export function readRetentionMark(name: string): RetentionMark | undefined {
  const [, digest, until] = MARK.exec(name) ?? []
  return digest === undefined ? undefined : { digest, until: Number(until) }
}

/** One piece as found in the storage. */
export interface StoredPiece {
  readonly keepUntils: number[]
  /** Whether its bytes are stored, not only marks. */
  hasBytes: boolean
}

/** Listed names grouped by piece; unknown names are ignored. `digestOfName`: the digest in the name of stored bytes. */
export function groupByPiece(
  names: readonly string[],
  digestOfName: (name: string) => string | undefined,
): ReadonlyMap<string, StoredPiece> {
  const pieces = new Map<string, StoredPiece>()
  const pieceOf = (digest: string): StoredPiece => {
    const known = pieces.get(digest)
    if (known !== undefined) return known
    const piece: StoredPiece = { keepUntils: [], hasBytes: false }
    pieces.set(digest, piece)
    return piece
  }
  for (const name of names) {
    const mark = readRetentionMark(name)
    const digest = mark === undefined ? digestOfName(name) : undefined
    if (mark !== undefined) pieceOf(mark.digest).keepUntils.push(mark.until)
    else if (digest !== undefined) pieceOf(digest).hasBytes = true
  }
  return pieces
}

/** Whether every mark has expired. A piece without any mark counts as expired: its upload was never finished. */
export const isExpired = (keepUntils: readonly number[], now: number): boolean =>
  keepUntils.every((until) => until <= now)
