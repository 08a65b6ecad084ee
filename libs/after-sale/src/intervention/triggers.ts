import type { ActionFacts } from '../actions/facts/facts'
import type { AfterSaleCase } from '../case'
import type { Instant } from '../facets'
import { negotiationOf } from '../negotiation/rounds'
import type { InterventionGround } from './grounds'
import type { NegotiationTerms } from '../negotiation/terms'
import type { RuleId } from '../policies/framework/condition'
import type { Truth } from '../truth'
import { anyOf, truthOf } from '../truth'
import { stageOf } from '../reports/reached'
import type { Term } from '../glossary/vocabulary'

/** The reasons for which a merchant may ask the platform to step in: two general ones, and four special cases. */
export type InterventionTrigger = 'negotiation-exhausted' | 'buyer-evidence-missing' | 'buyer-late' | InterventionGround

interface TriggerTerm extends Term {
  readonly rule: RuleId
}

export const INTERVENTION_TRIGGERS: Readonly<Record<InterventionTrigger, TriggerTerm>> = {
  'negotiation-exhausted': { zh: '协商无法解决', en: 'it cannot be settled by talking', rule: 'R134' },
  'buyer-evidence-missing': {
    zh: '买家未按要求举证',
    en: 'the buyer did not give the evidence asked for',
    rule: 'R134',
  },
  'buyer-late': {
    zh: '买家逾期未寄回或未修改申请',
    en: 'the buyer neither sent back nor changed the application in time',
    rule: 'R135',
  },
  'false-return': { zh: '虚假退换货或涉嫌欺诈', en: 'a false return or fraud is suspected', rule: 'R136' },
  malice: { zh: '恶意投诉或故意损坏商品', en: 'a malicious complaint, or goods damaged on purpose', rule: 'R137' },
  'promise-broken': {
    zh: '买家承诺撤销评价未履行',
    en: 'a promised withdrawal of a review was not kept',
    rule: 'R138',
  },
}

/** One reason, and whether it applies to the case. */
export interface TriggerState {
  readonly trigger: InterventionTrigger
  readonly truth: Truth
}

/** R134–R138: every trigger, always in this order; one that is true is enough. */
export function triggersOf(
  afterSale: AfterSaleCase,
  facts: ActionFacts,
  terms: NegotiationTerms,
  now: Instant,
): readonly TriggerState[] {
  const attested = (ground: InterventionGround): TriggerState => ({
    trigger: ground,
    truth: truthOf(facts.grounds?.includes(ground)),
  })
  const exhausted = facts.rounds === undefined ? undefined : negotiationOf(facts.rounds, terms, now).mayReject
  return [
    { trigger: 'negotiation-exhausted', truth: truthOf(exhausted) },
    { trigger: 'buyer-evidence-missing', truth: truthOf(facts.buyerEvidenceMissing) },
    { trigger: 'buyer-late', truth: buyerLate(afterSale, now) },
    attested('false-return'),
    attested('malice'),
    attested('promise-broken'),
  ]
}

/** Whether the platform may be asked at all. */
export const mayInterveneFor = (triggered: readonly TriggerState[]): Truth => anyOf(triggered.map(({ truth }) => truth))

const AWAITING_BUYER = new Set(['awaiting-buyer-return', 'awaiting-buyer-action', 'refused'])

/**
 * R135: whether the buyer missed the platform's time limit. Where the platform shows none for this status, it is
 * unknown.
 */
function buyerLate(afterSale: AfterSaleCase, now: Instant): Truth {
  const { status, deadline, passed } = afterSale
  if (status === undefined) return 'unknown'
  if (!AWAITING_BUYER.has(status.status)) return 'false'
  if (deadline !== undefined && deadline.forRaw === status.raw && deadline.due !== null)
    return truthOf(now >= deadline.due)
  // A passed deadline may belong to an earlier stage, so only one that was due after this stage began counts.
  const since = afterSale.reached[stageOf('status', afterSale) ?? ''] ?? Infinity
  const due = status.status === 'awaiting-buyer-return' ? passed.BUYER_RETURN : passed.BUYER_RESPONSE
  return due !== undefined && due >= since ? 'true' : 'unknown'
}
