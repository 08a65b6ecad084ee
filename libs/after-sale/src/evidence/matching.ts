import type { EvidenceFacts } from '../actions/facts/facts'
import type { EvidenceLimits } from './limits'
import type { EvidenceKind } from './subjects'
import type { EvidenceRequirement } from './requirements'

/** How many more pieces of a kind the place accepts in addition to these. */
export function roomFor(
  kind: EvidenceKind,
  taken: readonly EvidenceFacts[],
  limits: EvidenceLimits | undefined,
): number {
  const ofKind = limits?.pieces?.[kind] ?? Infinity
  return Math.min(
    ofKind - taken.filter((piece) => piece.kind === kind).length,
    (limits?.total ?? Infinity) - taken.length,
  )
}

/**
 * A piece for each wish, as many wishes as the limits allow, earlier ones first. A wish that is met stays met: it moves
 * to another of its pieces where that makes room for the next one (augmenting paths), so a pack that can be complete is
 * complete. `pieces` are in order of preference.
 */
export function matchRequirements(
  wishes: readonly EvidenceRequirement[],
  pieces: readonly EvidenceFacts[],
  limits: EvidenceLimits | undefined,
): ReadonlyMap<EvidenceRequirement, EvidenceFacts> {
  const met = new Map<EvidenceRequirement, EvidenceFacts>()
  const total = limits?.total ?? Infinity
  for (const requirement of wishes)
    if (met.size < total) meet(requirement, { pieces: new Set(), kinds: new Set(), moving: new Set() })
  return met

  function meet(requirement: EvidenceRequirement, tried: SearchState): boolean {
    tried.moving.add(requirement)
    for (const piece of pieces) {
      if (piece.shows === undefined || !requirement.anyOf.includes(piece.shows) || tried.pieces.has(piece)) continue
      tried.pieces.add(piece)
      const holder = [...met].find(([, held]) => held === piece)?.[0]
      if (!(holder === undefined ? hasRoom(piece.kind) || makeRoom(piece.kind, tried) : moves(holder, tried))) continue
      met.set(requirement, piece)
      return true
    }
    return false
  }

  function moves(holder: EvidenceRequirement, tried: SearchState): boolean {
    return !tried.moving.has(holder) && meet(holder, tried)
  }

  function hasRoom(kind: EvidenceKind): boolean {
    let count = 0
    for (const held of met.values()) if (held.kind === kind) count += 1
    return count < (limits?.pieces?.[kind] ?? Infinity)
  }

  /** A wish that has a piece of this kind can be met by one of another kind. */
  function makeRoom(kind: EvidenceKind, tried: SearchState): boolean {
    if (tried.kinds.has(kind)) return false
    tried.kinds.add(kind)
    return [...met].some(([holder, held]) => held.kind === kind && moves(holder, tried))
  }
}

interface SearchState {
  readonly pieces: Set<EvidenceFacts>
  readonly kinds: Set<EvidenceKind>
  readonly moving: Set<EvidenceRequirement>
}
