import type { Guard } from '../actions/guards/guard'
import { warn, noObjection, refuse } from '../actions/guards/guard'
import type { DisputeStage } from '../glossary/rails'
import type { RuleId } from '../policies/framework/condition'
import { DEFAULT_NEGOTIATION } from '../negotiation/terms'
import type { Term } from '../glossary/vocabulary'
import { mayInterveneFor, triggersOf } from './triggers'

/** What a person reads before asking the platform to step in, whatever the reason. */
export const INTERVENTION_RISK: Term & { readonly rules: readonly RuleId[] } = {
  zh: '平台介入后由平台判定；如判商家责任，该单计入纠纷退款率与纠纷退款单数，并可能直接退款给买家。',
  en: 'Once it steps in the platform decides; if it rules for the buyer, the order counts in the dispute refund rate and number, and the buyer may be refunded at once.',
  rules: ['R018', 'R047', 'R072'],
}

const WITH_THE_PLATFORM: ReadonlySet<DisputeStage> = new Set<DisputeStage>([
  'platform-intervened',
  'evidence-wanted',
  'evidence-given',
])

/** R142: a platform that has already stepped in is not asked again. */
export const platformHasNotSteppedIn: Guard = ({ afterSale, action }) => {
  if (action.name !== 'request-intervention') return noObjection
  const stage = afterSale.dispute?.stage
  return stage !== undefined && WITH_THE_PLATFORM.has(stage) ? refuse('AlreadyDecided', 'R142') : noObjection
}

/** R134–R138: two general reasons and four cases; without any of them the platform is not asked. */
export const groundsToIntervene: Guard = ({ afterSale, action, facts, terms, now }) => {
  if (action.name !== 'request-intervention') return noObjection
  const truth = mayInterveneFor(triggersOf(afterSale, facts, terms.negotiation ?? DEFAULT_NEGOTIATION, now))
  if (truth === 'false') return refuse('NoGroundsToIntervene', 'R134')
  return truth === 'unknown' ? warn('CannotBeToldApart', 'R134') : noObjection
}

/** R144: first one tries to settle it oneself. A round of negotiation is such an attempt; a chat is only talk. */
export const triedYourselfFirst: Guard = ({ action, facts }) => {
  if (action.name !== 'request-intervention') return noObjection
  if (facts.ownAttempt === true || (facts.rounds?.length ?? 0) > 0) return noObjection
  return facts.ownAttempt === undefined ? warn('CannotBeToldApart', 'R144') : refuse('NotTriedYourselfYet', 'R144')
}

/** R141: what is asked is written down. */
export const interventionIsDescribed: Guard = ({ action }) =>
  action.name === 'request-intervention' && action.text.trim() === ''
    ? refuse('ExplanationMissing', 'R141')
    : noObjection

/** R018, R047, R072: the risk is shown and confirmed each time. */
export const interventionRiskIsKnown: Guard = ({ action }) =>
  action.name === 'request-intervention' ? warn('MayCountAsDispute', 'R018') : noObjection
