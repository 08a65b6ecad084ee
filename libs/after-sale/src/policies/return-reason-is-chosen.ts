import type { AfterSaleCase } from '../case'
import type { Condition } from './framework/condition'
import {
  FULL_REFUND_CLAIM,
  FULL_REFUNDS_ONLY_FIELD,
  fullRefundCondition,
  type FullRefundsOnlySetting,
} from './shared/full-refunds-only'
import { verdictOf } from './framework/verdict-of'
import type { Policy } from './framework/policy'
import { REASON_CLASSES, reasonClassOf } from '../store-terms/reason-class'
import { agreeToReturn, hasReturnAddress, isReturnApplication, RETURN_ADDRESS_CLAIM } from './shared/return-application'
import type { ReasonClass, StoreTerms } from '../store-terms/store-terms'
import { conditionOf, reportedAt } from './framework/condition-of'
import type { Truth } from '../truth'
import { anyOf, truthOf } from '../truth'

/**
 * The chosen reasons: by class, by the marketplace's code, or both. None chosen means every reason, which takes effect
 * only once it is confirmed.
 */
export interface ChosenReasonsSettings extends FullRefundsOnlySetting {
  readonly reasons: readonly ReasonClass[]
  readonly codes: readonly string[]
  readonly matchesAllConfirmed: boolean
}

const choosesAll = ({ reasons, codes }: ChosenReasonsSettings): boolean => reasons.length === 0 && codes.length === 0

/** R162: agree to the return where the buyer's reason is one of those that the merchant chose. */
export const returnReasonIsChosen: Policy<ChosenReasonsSettings> = {
  name: 'returnReasonIsChosen',
  title: { zh: '自动同意退货', en: 'Agree to returns for chosen reasons' },
  rules: ['R161', 'R162', 'R063', 'R122'],
  claims: {
    reasonIsChosen: { zh: '售后原因在所选范围内', en: 'the reason is one of those chosen' },
    allReasonsAreMeant: {
      zh: '未选原因时已确认匹配全部',
      en: 'where no reason is chosen, all of them are meant and confirmed',
    },
    hasReturnAddress: RETURN_ADDRESS_CLAIM,
    isFullRefund: FULL_REFUND_CLAIM,
  },
  shape: {
    fields: {
      reasons: {
        type: 'some-of',
        words: Object.keys(REASON_CLASSES),
        title: {
          zh: '售后原因(无理由、其他不影响体验分)',
          en: 'Reasons (no-reason and other do not touch the experience score)',
        },
      },
      codes: {
        type: 'texts',
        most: 100,
        longest: 32,
        title: { zh: '平台原因码', en: 'Reason codes of the marketplace' },
      },
      matchesAllConfirmed: {
        type: 'yes-no',
        title: { zh: '不选原因即匹配全部,已确认', en: 'No reason chosen means all: confirmed' },
      },
      fullRefundsOnly: FULL_REFUNDS_ONLY_FIELD,
    },
    defaults: { reasons: [], codes: [], matchesAllConfirmed: false },
    crossCheck: (settings) =>
      choosesAll(settings) && !settings.matchesAllConfirmed
        ? [{ at: 'matchesAllConfirmed', problem: 'MatchesAllNotConfirmed' }]
        : [],
  },
  judge(subject, settings) {
    const { afterSale, terms } = subject
    if (!isReturnApplication(afterSale)) return undefined
    const isEveryReason = choosesAll(settings)
    const conditions = [
      reasonIsChosen(afterSale, terms, settings, isEveryReason),
      conditionOf(
        'R162',
        'allReasonsAreMeant',
        truthOf(!isEveryReason || settings.matchesAllConfirmed),
        settings.matchesAllConfirmed,
        isEveryReason,
        undefined,
      ),
      hasReturnAddress(terms),
      ...fullRefundCondition(afterSale, settings),
    ]
    const then = { outcome: 'act', action: agreeToReturn(terms) } as const
    return verdictOf(subject, { policy: 'returnReasonIsChosen', rules: returnReasonIsChosen.rules, conditions, then })
  },
}

function reasonIsChosen(
  afterSale: AfterSaleCase,
  terms: StoreTerms,
  { reasons, codes }: ChosenReasonsSettings,
  isEveryReason: boolean,
): Condition {
  const reasonClass = reasonClassOf(afterSale, terms)
  const code = afterSale.reasonCode?.code
  const wanted = isEveryReason ? 'all' : codes.length === 0 ? reasons.join(' ') : [...reasons, ...codes].join(' ')
  const truth: Truth = isEveryReason ? 'true' : anyOf([isAmong(reasons, reasonClass), isAmong(codes, code)])
  const known = reportedAt(afterSale, afterSale.reason === undefined ? 'reasonCode' : 'reason')
  return conditionOf('R162', 'reasonIsChosen', truth, reasonClass ?? code ?? null, wanted, known)
}

/** An empty choice matches nothing; whether an unknown reason matches is unknown. */
function isAmong<T extends string>(chosen: readonly T[], actual: T | undefined): Truth {
  if (chosen.length === 0) return 'false'
  return actual === undefined ? 'unknown' : truthOf(chosen.includes(actual))
}
