import type { EvidenceFacts } from '../actions/facts/facts'
import type { EvidenceLimits } from './limits'
import type { EvidenceKind } from './subjects'
import type { EvidenceRequirement } from './requirements'

/** How many more pieces of a kind the place accepts in addition to these. */
export function remainingRoomFor(
  kind: EvidenceKind,
  chosen: readonly EvidenceFacts[],
  limits: EvidenceLimits | undefined,
): number {
  const ofKind = limits?.pieces?.[kind] ?? Infinity
  return Math.min(
    ofKind - chosen.filter((piece) => piece.kind === kind).length,
    (limits?.total ?? Infinity) - chosen.length,
  )
}

/**
 * Assigns a piece to each requirement, to as many as the limits allow, earlier ones first. A requirement that is met
 * stays met: it moves to another of its pieces where that frees one for the next (augmenting paths), so a pack that can
 * be complete is complete. `pieces` are in order of preference.
 */
export function matchRequirements(
  requirements: readonly EvidenceRequirement[],
  pieces: readonly EvidenceFacts[],
  limits: EvidenceLimits | undefined,
): ReadonlyMap<EvidenceRequirement, EvidenceFacts> {
  const matched = new Map<EvidenceRequirement, EvidenceFacts>()
  const total = limits?.total ?? Infinity
  for (const requirement of requirements)
    if (matched.size < total) tryToMeet(requirement, { pieces: new Set(), kinds: new Set(), moving: new Set() })
  return matched

  function tryToMeet(requirement: EvidenceRequirement, search: SearchState): boolean {
    search.moving.add(requirement)
    for (const piece of pieces) {
      if (piece.shows === undefined || !requirement.anyOf.includes(piece.shows) || search.pieces.has(piece)) continue
      search.pieces.add(piece)
      const holder = [...matched].find(([, heldPiece]) => heldPiece === piece)?.[0]
      if (
        !(holder === undefined ? hasRoom(piece.kind) || tryToMakeRoom(piece.kind, search) : tryToMove(holder, search))
      )
        continue
      matched.set(requirement, piece)
      return true
    }
    return false
  }

  function tryToMove(holder: EvidenceRequirement, search: SearchState): boolean {
    return !search.moving.has(holder) && tryToMeet(holder, search)
  }

  function hasRoom(kind: EvidenceKind): boolean {
    let count = 0
    for (const heldPiece of matched.values()) if (heldPiece.kind === kind) count += 1
    return count < (limits?.pieces?.[kind] ?? Infinity)
  }

  /** Frees a place for a piece of this kind by moving a requirement to a piece of another kind. */
  function tryToMakeRoom(kind: EvidenceKind, search: SearchState): boolean {
    if (search.kinds.has(kind)) return false
    search.kinds.add(kind)
    return [...matched].some(([holder, heldPiece]) => heldPiece.kind === kind && tryToMove(holder, search))
  }
}

/** What one search has tried already, so that it ends: pieces, kinds that make room, and requirements that are being moved. */
interface SearchState {
  readonly pieces: Set<EvidenceFacts>
  readonly kinds: Set<EvidenceKind>
  readonly moving: Set<EvidenceRequirement>
}
