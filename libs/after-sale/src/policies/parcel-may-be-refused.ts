import type { IntentState } from '../actions/intents/intent'
import type { AfterSaleCase } from '../case'
import type { Fen } from '../facets'
import { isAllowedCategory } from '../goods/goods-categories'
import type { Condition } from './framework/condition'
import {
  FULL_REFUND_CLAIM,
  FULL_REFUNDS_ONLY_FIELD,
  fullRefundCondition,
  type FullRefundsOnlySetting,
} from './shared/full-refunds-only'
import { verdictOf } from './framework/verdict-of'
import { asksBeforeArrival, interceptionAttemptOf, justShipped, parcelIsUnderWay } from './parcel-can-be-intercepted'
import type { Policy } from './framework/policy'
import type { Subject } from './framework/subject'
import { conditionOf, reportedAt } from './framework/condition-of'
import { truthOf, type Truth } from '../truth'

/** `upTo`: the highest refund, in fen, that is agreed to before the goods have been inspected. */
export interface RefusalSettings extends FullRefundsOnlySetting {
  readonly upTo: Fen
}

/**
 * R005–R008, R117: a parcel that cannot be intercepted any more may be refused at the door: the merchant agrees
 * beforehand, and the platform refunds when the carrier reports the refusal. The buyer must have been contacted: one
 * who does not know how to refuse applies again.
 */
export const parcelMayBeRefused: Policy<RefusalSettings> = {
  name: 'parcelMayBeRefused',
  title: { zh: '可拒收后退款', en: 'The parcel may be refused' },
  rules: ['R005', 'R007', 'R008', 'R117', 'R122'],
  claims: {
    parcelIsUnderWay: { zh: '包裹尚未送达', en: 'the parcel has not arrived' },
    tooLateToIntercept: { zh: '已过拦截时机', en: 'it is too late to intercept it', unit: 'instant' },
    categoryAllowsIt: { zh: '该类目支持拒收后退款', en: 'the category allows a refund on refusal' },
    buyerWasTold: { zh: '已联系买家', en: 'the buyer was contacted' },
    notAgreedYet: { zh: '尚未同意拒收', en: 'the refusal is not agreed to yet' },
    withinLimit: { zh: '退款金额不超过上限', en: 'the refund is not above the limit', unit: 'fen' },
    isFullRefund: FULL_REFUND_CLAIM,
  },
  shape: {
    fields: {
      upTo: {
        type: 'number',
        least: 0,
        most: 100_000_000,
        title: { zh: '退款金额上限(分)', en: 'Refund at most (fen)' },
      },
      fullRefundsOnly: FULL_REFUNDS_ONLY_FIELD,
    },
    defaults: {},
  },
  judge(subject, settings) {
    const { afterSale, facts } = subject
    if (!asksBeforeArrival(afterSale)) return undefined
    const conditions = [
      parcelIsUnderWay(afterSale, false),
      tooLateToIntercept(subject),
      categoryAllowsIt(subject),
      conditionOf('R008', 'buyerWasTold', truthOf(facts?.chatExists), facts?.chatExists ?? null, true, undefined),
      notAgreedYet(afterSale),
      withinLimit(subject, settings.upTo),
      ...fullRefundCondition(afterSale, settings),
    ]
    return verdictOf(subject, {
      policy: 'parcelMayBeRefused',
      rules: parcelMayBeRefused.rules,
      conditions,
      then: APPROVE_REFUSAL,
    })
  },
}

const APPROVE_REFUSAL = { outcome: 'act', action: { name: 'approve-refusal' } } as const
const OPPOSITE: Readonly<Record<Truth, Truth>> = { true: 'false', false: 'true', unknown: 'unknown' }

/**
 * R001 comes before R005: while an interception is worth trying or under way, refusing the parcel is not agreed to.
 * Once the carrier has declined to intercept, it is too late at any time.
 */
function tooLateToIntercept(subject: Subject): Condition {
  const early = justShipped(subject)
  const attempt = interceptionAttemptOf(subject.afterSale)
  const truth = attempt === 'none' ? OPPOSITE[early.truth] : truthOf(attempt === 'failed')
  return { ...early, claim: 'tooLateToIntercept', truth }
}

/** Agreed already where the marketplace's flag says so, or where an action of ours did not end without effect. */
function notAgreedYet({ flags, intents }: AfterSaleCase): Condition {
  const begun = intents?.some(({ action, state }) => action.name === 'approve-refusal' && !WITHOUT_EFFECT.has(state))
  const agreed = begun === true || flags?.includes('refusal-sign:1') === true
  return conditionOf('R005', 'notAgreedYet', truthOf(!agreed), agreed, false, undefined)
}

const WITHOUT_EFFECT: ReadonlySet<IntentState> = new Set(['stale', 'withdrawn', 'overtaken'] as const)

/** R007: only some categories of seven-day goods allow it. The marketplace's list is kept in the store's terms. */
function categoryAllowsIt({ facts, terms }: Subject): Condition {
  const category = facts?.category
  const truth = truthOf(isAllowedCategory(terms.refusalCategories, category))
  return conditionOf('R007', 'categoryAllowsIt', truth, category ?? null, 'allowed-category', undefined)
}

function withinLimit({ afterSale }: Subject, upTo: Fen): Condition {
  const total = afterSale.amounts?.total
  const truth = truthOf(total === undefined ? undefined : total <= upTo)
  return conditionOf('R005', 'withinLimit', truth, total ?? null, upTo, reportedAt(afterSale, 'amounts'))
}
