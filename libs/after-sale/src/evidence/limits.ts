import type { EvidenceKind } from './subjects'

/**
 * What one place of one marketplace accepts. The numbers are in the connectors' manifests; absent: unknown, so not
 * checked; `0`: not accepted at all.
 */
export interface EvidenceLimits {
  /** Pieces of all kinds together. */
  readonly total?: number
  readonly pieces?: Readonly<Partial<Record<EvidenceKind, number>>>
  /** Bytes of one piece. */
  readonly bytes?: Readonly<Partial<Record<EvidenceKind, number>>>
  /** Characters of the text that goes with it, as people count them: one Chinese character is one. */
  readonly textLength?: number
  /** The source, e.g. a page of the marketplace's documentation, and the day from which it counts, `YYYY-MM-DD`. */
  readonly source: string
  readonly asOf: string
}

/** The number of characters as people count them: by code point, so that an emoji is one. */
export function countCharacters(text: string): number {
  let count = 0
  for (const _character of text) count += 1
  return count
}

/** By how many characters a text is too long; 0: it fits, or the limit is unknown. */
export const excessCharactersOf = (text: string, limits: EvidenceLimits | undefined): number =>
  limits?.textLength === undefined ? 0 : Math.max(0, countCharacters(text) - limits.textLength)
