import type { ActionEvent, AfterSaleCase, CaseEvent, FacetEvent, FacetName, Instant, Seen, Stamp } from '#after-sale'
import { FACET_OF, evolve, isNewer, stageOf } from '#after-sale'

/** A case that nobody else holds: it is written into, not copied. */
type Draft = { -readonly [K in keyof AfterSaleCase]: AfterSaleCase[K] }

/**
 * The same as `evolve` for a case that is folded from its beginning and looked at by nobody who keeps it: a million cases
 * are folded in half the time when no step copies the one before. Equal to `evolve` for every history, see the spec.
 */
export function foldInPlace(file: AfterSaleCase | undefined, event: CaseEvent): AfterSaleCase | undefined {
  // The first event makes objects of its own; from then on they are ours to write into.
  if (file === undefined || event.type === 'CaseOpened' || event.type === 'FactsAttested' || isOfAction(event)) return evolve(file, event)
  const draft: Draft = file
  switch (event.type) {
    case 'RevisionSeen':
      break
    case 'ApplicationDated':
      draft.appliedAt = event.appliedAt
      break
    case 'EarlierStageFound':
      for (const stage in event.reached) reach(draft, stage, event.reached[stage] ?? Infinity)
      break
    case 'DeadlinePassed':
      ;(draft.passed as Record<string, Instant>)[event.kind] = event.due
      break
    default: {
      const facet = FACET_OF[event.type as FacetEvent['type']] as FacetName | undefined
      // Rare, or not known to this version: as the model does it.
      if (facet === undefined) return evolve(file, event)
      ;(draft as Record<string, unknown>)[facet] = (event as { to: unknown }).to
    }
  }
  if (event.seen !== undefined) stamp(draft, event.seen)
  draft.version += 1
  return draft
}

const isOfAction = (event: CaseEvent): event is ActionEvent => event.type.startsWith('Action')

function stamp(draft: Draft, { stamp: newest, facets }: Seen): void {
  for (const facet of facets) {
    ;(draft.stamps as Record<string, Stamp>)[facet] = newest
    const stage = stageOf(facet, draft)
    if (stage !== undefined) reach(draft, stage, newest.revision)
  }
  if (draft.lastSeen === undefined || isNewer(newest, draft.lastSeen)) draft.lastSeen = newest
}

function reach(draft: Draft, stage: string, at: Instant): void {
  const before = draft.reached[stage]
  if (before === undefined || at < before) (draft.reached as Record<string, Instant>)[stage] = at
}
