import type { Guard } from '../actions/guards/guard'
import { warn, noObjection, refuse } from '../actions/guards/guard'
import type { DisputeStage } from '../glossary/rails'
import type { RuleId } from '../policies/framework/condition'
import { DEFAULT_NEGOTIATION } from '../negotiation/terms'
import type { Term } from '../glossary/vocabulary'
import { mayInterveneFor, triggersOf } from './triggers'

/** The warning that a person reads before asking the platform to step in, whatever the reason. */
export const INTERVENTION_RISK: Term & { readonly rules: readonly RuleId[] } = {
  zh: '平台介入后由平台判定；如判商家责任，该单计入纠纷退款率与纠纷退款单数，并可能直接退款给买家。',
  en: 'Once it steps in the platform decides; if it rules for the buyer, the order counts in the dispute refund rate and number, and the buyer may be refunded at once.',
  rules: ['R018', 'R047', 'R072'],
}

const PLATFORM_INTERVENED_STAGES: ReadonlySet<DisputeStage> = new Set<DisputeStage>([
  'platform-intervened',
  'evidence-wanted',
  'evidence-given',
])

/** R142: the platform is not asked again once it has stepped in. */
export const platformHasNotSteppedIn: Guard = ({ afterSale, action }) => {
  if (action.name !== 'request-intervention') return noObjection
  const stage = afterSale.dispute?.stage
  return stage !== undefined && PLATFORM_INTERVENED_STAGES.has(stage) ? refuse('AlreadyDecided', 'R142') : noObjection
}

/** R134–R138: the platform is asked only with one of its accepted reasons; see `INTERVENTION_TRIGGERS`. */
export const groundsToIntervene: Guard = ({ afterSale, action, facts, terms, now }) => {
  if (action.name !== 'request-intervention') return noObjection
  const truth = mayInterveneFor(triggersOf(afterSale, facts, terms.negotiation ?? DEFAULT_NEGOTIATION, now))
  if (truth === 'false') return refuse('NoGroundsToIntervene', 'R134')
  return truth === 'unknown' ? warn('CannotBeToldApart', 'R134') : noObjection
}

/**
 * R144: the merchant must first try to settle it directly. A round of negotiation is such an attempt; a chat alone is
 * not.
 */
export const triedYourselfFirst: Guard = ({ action, facts }) => {
  if (action.name !== 'request-intervention') return noObjection
  if (facts.ownAttempt === true || (facts.rounds?.length ?? 0) > 0) return noObjection
  return facts.ownAttempt === undefined ? warn('CannotBeToldApart', 'R144') : refuse('NotTriedYourselfYet', 'R144')
}

/** R141: the request needs a description. */
export const interventionIsDescribed: Guard = ({ action }) =>
  action.name === 'request-intervention' && action.text.trim() === ''
    ? refuse('ExplanationMissing', 'R141')
    : noObjection

/** R018, R047, R072: the risk is shown and confirmed each time. */
export const interventionRiskIsKnown: Guard = ({ action }) =>
  action.name === 'request-intervention' ? warn('MayCountAsDispute', 'R018') : noObjection
