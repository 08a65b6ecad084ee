import type { EvidenceReference } from '../actions/action'
import type { EvidenceFacts } from '../actions/facts/facts'
import { excessCharactersOf } from './limits'
import type { EvidenceFlaw, Inspection } from './linter'
import { EVIDENCE_FLAWS, isRefused, lintEvidence } from './linter'
import { matchRequirements, remainingRoomFor } from './match-requirements'
import type { EvidenceRequirement } from './requirements'

/** What a pack is composed of and for: pieces, requirements and text, with what pieces are checked against. */
export interface PackInput extends Inspection {
  readonly pieces: readonly EvidenceFacts[]
  readonly requirements: readonly EvidenceRequirement[]
  readonly text: string
}

/** What is submitted, what is left out and why, and what is still missing. */
export interface EvidencePack {
  /** In the order in which they are handed over: what decides comes first. */
  readonly pieces: readonly EvidenceReference[]
  readonly leftOut: readonly { readonly hash: string; readonly why: EvidenceFlaw | 'NoRoom' }[]
  /** Requirements that no piece meets; those that must be met come first. */
  readonly missing: readonly EvidenceRequirement[]
  /** Doubts about what is submitted, for a person to check. */
  readonly doubts: readonly { readonly hash: string; readonly flaw: EvidenceFlaw }[]
  /** Characters of the text that are too many; 0: it fits. */
  readonly textOver: number
  /** Every requirement that must be met is met, and the text fits. */
  readonly complete: boolean
}

const requiredFirst = (requirements: readonly EvidenceRequirement[]): readonly EvidenceRequirement[] => [
  ...requirements.filter(({ need }) => need === 'must'),
  ...requirements.filter(({ need }) => need === 'helps'),
]

/**
 * R064, R141: composes a pack within the limits of the place. Pieces that would not count are left out (R066). Pieces
 * for required subjects come first, then those that help, then the rest, newest first. The same input gives the same
 * pack.
 */
export function composePack({ pieces, requirements, text, ...inspection }: PackInput): EvidencePack {
  const { limits } = inspection
  const linted = lintEvidence(pieces, inspection)
  const flawsByPiece = new Map(linted.map(({ piece, flaws }) => [piece, flaws]))
  const usable = linted.filter(({ flaws }) => !isRefused(flaws)).map(({ piece }) => piece)
  const doubtsOf = (piece: EvidenceFacts): number => flawsByPiece.get(piece)?.length ?? 0
  usable.sort(
    (a, b) => doubtsOf(a) - doubtsOf(b) || (b.capturedAt ?? 0) - (a.capturedAt ?? 0) || (a.hash < b.hash ? -1 : 1),
  )

  const ordered = requiredFirst(requirements)
  const matched = matchRequirements(ordered, usable, limits)
  const chosen = ordered.flatMap((requirement) => matched.get(requirement) ?? [])
  for (const piece of usable)
    if (!chosen.includes(piece) && remainingRoomFor(piece.kind, chosen, limits) > 0) chosen.push(piece)

  const missing = ordered.filter(
    (requirement) => !matched.has(requirement) && !chosen.some((piece) => meetsRequirement(piece, requirement)),
  )
  const textOver = excessCharactersOf(text, limits)
  return {
    pieces: chosen.map(({ hash, kind }) => ({ hash, kind })),
    leftOut: linted.flatMap(({ piece, flaws }) =>
      chosen.includes(piece) ? [] : [{ hash: piece.hash, why: firstRefusedFlaw(flaws) ?? ('NoRoom' as const) }],
    ),
    missing,
    doubts: chosen.flatMap((piece) => (flawsByPiece.get(piece) ?? []).map((flaw) => ({ hash: piece.hash, flaw }))),
    textOver,
    complete: textOver === 0 && !missing.some(({ need }) => need === 'must'),
  }
}

/** Whether a piece shows what a requirement asks for. One piece may meet two requirements. */
const meetsRequirement = (piece: EvidenceFacts, { anyOf }: EvidenceRequirement): boolean =>
  piece.shows !== undefined && anyOf.includes(piece.shows)

const firstRefusedFlaw = (flaws: readonly EvidenceFlaw[]): EvidenceFlaw | undefined =>
  flaws.find((flaw) => EVIDENCE_FLAWS[flaw].weight === 'refused')
