/**
 * A retention mark is an empty file next to a piece whose name says until when (UTC ms) the piece is kept, e.g.
 * `abcd….until-1790000000000`. The latest mark counts. Marks are only added and, once expired, removed, so two writers
 * never overwrite each other's time.
 */
export const buildRetentionMarkName = (key: string, keepUntil: number): string => `${key}.until-${keepUntil}`

const MARK_PATTERN = /^([0-9a-f]{64})\.until-(\d{1,16})$/

export interface RetentionMark {
  readonly digest: string
  readonly keepUntil: number
}

export function parseRetentionMark(name: string): RetentionMark | undefined {
  const [, digest, keepUntil] = MARK_PATTERN.exec(name) ?? []
  return digest === undefined ? undefined : { digest, keepUntil: Number(keepUntil) }
}

/** What the storage has of one piece. `keepUntils`: the times of its marks, UTC ms. */
export interface StoredPiece {
  readonly keepUntils: number[]
  /** Whether its bytes are stored, not only marks. */
  hasBytes: boolean
}

/**
 * Groups listed names by piece and ignores unknown names. `digestOfName` returns the digest if a name is that of stored
 * bytes.
 */
export function groupByPiece(
  names: readonly string[],
  digestOfName: (name: string) => string | undefined,
): ReadonlyMap<string, StoredPiece> {
  const pieces = new Map<string, StoredPiece>()
  const pieceOf = (digest: string): StoredPiece => {
    const existing = pieces.get(digest)
    if (existing !== undefined) return existing
    const piece: StoredPiece = { keepUntils: [], hasBytes: false }
    pieces.set(digest, piece)
    return piece
  }
  for (const name of names) {
    const mark = parseRetentionMark(name)
    const digest = mark === undefined ? digestOfName(name) : undefined
    if (mark !== undefined) pieceOf(mark.digest).keepUntils.push(mark.keepUntil)
    else if (digest !== undefined) pieceOf(digest).hasBytes = true
  }
  return pieces
}

/** Whether every mark has expired. A piece without a mark has expired, too: a writer adds the mark before the bytes. */
export const isExpired = (keepUntils: readonly number[], now: number): boolean =>
  keepUntils.every((keepUntil) => keepUntil <= now)
