import type { EvidenceKind } from './subjects'

/**
 * What one place of one marketplace takes. The numbers stand in the connectors' manifests; absent: not known, so it is not
 * checked; `0`: not taken at all.
 */
export interface EvidenceLimits {
  /** Pieces of all kinds together. */
  readonly total?: number
  readonly pieces?: Readonly<Partial<Record<EvidenceKind, number>>>
  /** Bytes of one piece. */
  readonly bytes?: Readonly<Partial<Record<EvidenceKind, number>>>
  /** Characters of the text that goes with it, as people count them: one Chinese character is one. */
  readonly textLength?: number
  /** Where we know it from, e.g. `facts B4`, and the day from which it counts, `YYYY-MM-DD`. */
  readonly source: string
  readonly asOf: string
}

/** As people count: one Chinese character is one, one emoji is one. */
export function charactersOf(text: string): number {
  let count = 0
  for (const _character of text) count += 1
  return count
}

/** How many characters of a text are too many; 0: it fits, or nobody knows the limit. */
export const textOverOf = (text: string, limits: EvidenceLimits | undefined): number =>
  limits?.textLength === undefined ? 0 : Math.max(0, charactersOf(text) - limits.textLength)
