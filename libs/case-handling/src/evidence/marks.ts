/**
 * Until when a piece is kept, as the name of an empty file next to it: `abcd….until-1790000000000`. Marks are only
 * added and, once over, removed; the latest counts. So two writers never overwrite each other's time.
 */
export const markOf = (key: string, until: number): string => `${key}.until-${until}`

const MARK = /^([0-9a-f]{64})\.until-(\d{1,16})$/

export interface Marked {
  readonly digest: string
  readonly until: number
}

export function readMark(name: string): Marked | undefined {
  const [, digest, until] = MARK.exec(name) ?? []
  return digest === undefined ? undefined : { digest, until: Number(until) }
}

/** What is stored in one place, by digest. */
export interface Lying {
  readonly untils: number[]
  /** The bytes are there. */
  lies: boolean
}

/** Listed names grouped by piece; unknown names are ignored. `isBytes` recognises the digest of bytes. */
export function groupByPiece(
  names: readonly string[],
  isBytes: (name: string) => string | undefined,
): ReadonlyMap<string, Lying> {
  const pieces = new Map<string, Lying>()
  const pieceOf = (digest: string): Lying => {
    const known = pieces.get(digest)
    if (known !== undefined) return known
    const piece: Lying = { untils: [], lies: false }
    pieces.set(digest, piece)
    return piece
  }
  for (const name of names) {
    const mark = readMark(name)
    const digest = mark === undefined ? isBytes(name) : undefined
    if (mark !== undefined) pieceOf(mark.digest).untils.push(mark.until)
    else if (digest !== undefined) pieceOf(digest).lies = true
  }
  return pieces
}

/** From its time on a piece is kept no longer; one without any mark was never finished, or has no reason to be here. */
export const isOver = (untils: readonly number[], now: number): boolean => untils.every((until) => until <= now)
