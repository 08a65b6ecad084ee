import type { Action, EvidenceReference } from '../actions/action'
import type { ActionFacts, EvidenceFacts } from '../actions/facts/facts'
import type { Guard, Objection } from '../actions/guards/guard'
import { warn, noObjection, refuse } from '../actions/guards/guard'
import { excessCharactersOf } from './limits'
import { EVIDENCE_FLAWS, lintEvidence } from './linter'
import { DEFAULT_EVIDENCE_TERMS } from './terms'

/** Every action that carries evidence. */
type ActionWithEvidence = Extract<Action, { readonly evidence: readonly EvidenceReference[] }>
const carriesEvidence = (action: Action): action is ActionWithEvidence => 'evidence' in action

/** Actions that are pointless without evidence (R124, R141, R082). */
const NEEDS_EVIDENCE: ReadonlySet<Action['name']> = new Set<Action['name']>([
  'submit-evidence',
  'answer-work-order',
  'request-intervention',
  'appeal',
])

/** R124, R141, R082: these actions are refused without evidence. */
export const evidenceIsThere: Guard = ({ action }) => {
  if (!NEEDS_EVIDENCE.has(action.name) || !carriesEvidence(action) || action.evidence.length > 0) return noObjection
  return refuse(
    'EvidenceMissing',
    action.name === 'appeal' ? 'R082' : action.name === 'request-intervention' ? 'R141' : 'R124',
  )
}

/** R066, R143: evidence that will not count, or exceeds what the marketplace accepts there, is not sent. */
export const evidenceToStandard: Guard = ({ afterSale, action, facts, terms, now }) => {
  if (!carriesEvidence(action) || action.evidence.length === 0) return noObjection
  const limitObjections = checkLimits(action, facts)
  if (limitObjections.length > 0) return limitObjections
  if (new Set(action.evidence.map(({ hash }) => hash)).size < action.evidence.length)
    return refuse('EvidenceNotToStandard', 'R066')
  const knownFacts = factsOf(action.evidence, facts.evidence)
  const inspection = {
    now,
    terms: terms.evidence ?? DEFAULT_EVIDENCE_TERMS,
    ...(facts.evidenceLimits === undefined ? {} : { limits: facts.evidenceLimits }),
    ...(afterSale.appliedAt === undefined ? {} : { appliedAt: afterSale.appliedAt }),
  }
  const flaws = lintEvidence(knownFacts, inspection).flatMap((linted) => linted.flaws)
  const refusedFlaw = flaws.find((flaw) => EVIDENCE_FLAWS[flaw].weight === 'refused')
  if (refusedFlaw !== undefined) return refuse('EvidenceNotToStandard', EVIDENCE_FLAWS[refusedFlaw].rule)
  // Doubts matter only if the action rests on its evidence alone; a rejection also has a reason and an explanation.
  const isDoubtful = NEEDS_EVIDENCE.has(action.name) && (flaws.length > 0 || knownFacts.length < action.evidence.length)
  return isDoubtful ? warn('CannotBeToldApart', 'R143') : noObjection
}

function checkLimits(action: ActionWithEvidence, { evidenceLimits: limits }: ActionFacts): readonly Objection[] {
  if (limits === undefined) return noObjection
  const { evidence } = action
  const tooMany =
    evidence.length > (limits.total ?? Infinity) ||
    (['image', 'video', 'document'] as const).some(
      (kind) => evidence.filter((e) => e.kind === kind).length > (limits.pieces?.[kind] ?? Infinity),
    )
  const texts =
    action.name === 'reject'
      ? [action.explanation]
      : action.name === 'appeal'
        ? action.items.map(({ text }) => text)
        : [action.text]
  return tooMany || texts.some((text) => excessCharactersOf(text, limits) > 0)
    ? refuse('EvidenceNotToStandard', 'R066')
    : noObjection
}

/** What is known of each piece handed over. */
const factsOf = (evidence: readonly EvidenceReference[], knownFacts: readonly EvidenceFacts[] = []): EvidenceFacts[] =>
  evidence.flatMap(({ hash }) => knownFacts.find((fact) => fact.hash === hash) ?? [])
