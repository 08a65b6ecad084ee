import type { Guard } from '../actions/guards/guard'
import { careful, fine, no } from '../actions/guards/guard'
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
export const platformNotThereYet: Guard = ({ afterSale, action }) => {
  if (action.name !== 'request-intervention') return fine
  const stage = afterSale.dispute?.stage
  return stage !== undefined && WITH_THE_PLATFORM.has(stage) ? no('AlreadyDecided', 'R142') : fine
}

/** R134–R138: two general reasons and four cases; without any of them the platform is not asked. */
export const groundsToIntervene: Guard = ({ afterSale, action, facts, terms, now }) => {
  if (action.name !== 'request-intervention') return fine
  const truth = mayInterveneFor(triggersOf(afterSale, facts, terms.negotiation ?? DEFAULT_NEGOTIATION, now))
  if (truth === 'false') return no('NoGroundsToIntervene', 'R134')
  return truth === 'unknown' ? careful('CannotBeToldApart', 'R134') : fine
}

/** R144: first one tries to settle it oneself. A round of negotiation is such an attempt; a chat is only talk. */
export const triedYourselfFirst: Guard = ({ action, facts }) => {
  if (action.name !== 'request-intervention') return fine
  if (facts.ownAttempt === true || (facts.rounds?.length ?? 0) > 0) return fine
  return facts.ownAttempt === undefined ? careful('CannotBeToldApart', 'R144') : no('NotTriedYourselfYet', 'R144')
}

/** R141: what is asked is written down. */
export const interventionIsDescribed: Guard = ({ action }) =>
  action.name === 'request-intervention' && action.text.trim() === '' ? no('ExplanationMissing', 'R141') : fine

/** R018, R047, R072: the risk is shown and confirmed each time. */
export const interventionRiskIsKnown: Guard = ({ action }) =>
  action.name === 'request-intervention' ? careful('MayCountAsDispute', 'R018') : fine
