import type { EvidenceReference } from '../actions/action'
import type { EvidenceFacts } from '../actions/facts/facts'
import { textOverOf } from './limits'
import type { EvidenceFlaw, Inspection } from './linter'
import { EVIDENCE_FLAWS, isRefused, lintEvidence } from './linter'
import { matchRequirements, roomFor } from './matching'
import type { EvidenceRequirement } from './requirements'

export interface PackInput extends Inspection {
  readonly pieces: readonly EvidenceFacts[]
  readonly wishes: readonly EvidenceRequirement[]
  readonly text: string
}

/** What is submitted, what is left out and why, and what is still missing. */
export interface EvidencePack {
  /** In the order in which they are handed over: what decides comes first. */
  readonly pieces: readonly EvidenceReference[]
  readonly leftOut: readonly { readonly hash: string; readonly why: EvidenceFlaw | 'NoRoom' }[]
  /** Wishes that no piece meets, the ones that must be met first. */
  readonly missing: readonly EvidenceRequirement[]
  /** Doubts about what is submitted, for a person to check. */
  readonly doubts: readonly { readonly hash: string; readonly flaw: EvidenceFlaw }[]
  /** Characters of the text that are too many; 0: it fits. */
  readonly textOver: number
  /** Nothing that must be there is missing, and the text fits. */
  readonly complete: boolean
}

const byNeed = (wishes: readonly EvidenceRequirement[]): readonly EvidenceRequirement[] => [
  ...wishes.filter(({ need }) => need === 'must'),
  ...wishes.filter(({ need }) => need === 'helps'),
]

/**
 * R064, R141: a pack that fits what the place takes. Pieces that would not count stay behind (R066); what must be shown
 * comes first; what is left of the room goes to what helps, then to the rest, newest first. Same input, same pack.
 */
export function composePack({ pieces, wishes, text, ...inspection }: PackInput): EvidencePack {
  const { limits } = inspection
  const linted = lintEvidence(pieces, inspection)
  const flawsBy = new Map(linted.map(({ piece, flaws }) => [piece, flaws]))
  const usable = linted.filter(({ flaws }) => !isRefused(flaws)).map(({ piece }) => piece)
  const doubtsOf = (piece: EvidenceFacts): number => flawsBy.get(piece)?.length ?? 0
  usable.sort(
    (a, b) => doubtsOf(a) - doubtsOf(b) || (b.capturedAt ?? 0) - (a.capturedAt ?? 0) || (a.hash < b.hash ? -1 : 1),
  )

  const ordered = byNeed(wishes)
  const met = matchRequirements(ordered, usable, limits)
  const taken = ordered.flatMap((wish) => met.get(wish) ?? [])
  for (const piece of usable) if (!taken.includes(piece) && roomFor(piece.kind, taken, limits) > 0) taken.push(piece)

  const missing = ordered.filter((wish) => !met.has(wish) && !taken.some((piece) => shows(piece, wish)))
  const textOver = textOverOf(text, limits)
  return {
    pieces: taken.map(({ hash, kind }) => ({ hash, kind })),
    leftOut: linted.flatMap(({ piece, flaws }) =>
      taken.includes(piece) ? [] : [{ hash: piece.hash, why: firstRefused(flaws) ?? ('NoRoom' as const) }],
    ),
    missing,
    doubts: taken.flatMap((piece) => (flawsBy.get(piece) ?? []).map((flaw) => ({ hash: piece.hash, flaw }))),
    textOver,
    complete: textOver === 0 && !missing.some(({ need }) => need === 'must'),
  }
}

/** One piece may well show what two wishes ask; only room is never shared. */
const shows = (piece: EvidenceFacts, { anyOf }: EvidenceRequirement): boolean =>
  piece.shows !== undefined && anyOf.includes(piece.shows)

const firstRefused = (flaws: readonly EvidenceFlaw[]): EvidenceFlaw | undefined =>
  flaws.find((flaw) => EVIDENCE_FLAWS[flaw].weight === 'refused')
