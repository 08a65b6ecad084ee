import { isWithinHours } from '../calendar/working-hours'
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
import { agreeToReturn, hasReturnAddress, isReturnApplication, RETURN_ADDRESS_CLAIM } from './shared/return-application'
import type { StoreTerms } from '../store-terms/store-terms'
import { conditionOf } from './framework/condition-of'
import { truthOf } from '../truth'

/** `closed`: a public holiday is off duty all day, a make-up day is worked. `as-usual`: holidays make no difference. */
export interface OffDutySettings extends FullRefundsOnlySetting {
  readonly holidays: 'closed' | 'as-usual'
}

/** R165: agree to a return that was applied for while the store was off duty. */
export const appliedOffDuty: Policy<OffDutySettings> = {
  name: 'appliedOffDuty',
  title: { zh: '下班自动同意退货', en: 'Agree to returns applied for off duty' },
  rules: ['R161', 'R165', 'R063', 'R122'],
  claims: {
    appliedInOffHours: { zh: '在店铺下班时间申请', en: 'applied for while the store was off duty', unit: 'instant' },
    hasReturnAddress: RETURN_ADDRESS_CLAIM,
    isFullRefund: FULL_REFUND_CLAIM,
  },
  shape: {
    fields: {
      holidays: { type: 'one-of', words: ['closed', 'as-usual'], title: { zh: '法定节假日', en: 'Public holidays' } },
      fullRefundsOnly: FULL_REFUNDS_ONLY_FIELD,
    },
    defaults: { holidays: 'closed' },
  },
  judge(subject, settings) {
    const { afterSale, terms } = subject
    if (!isReturnApplication(afterSale)) return undefined
    const conditions = [
      appliedInOffHours(afterSale, terms, settings.holidays),
      hasReturnAddress(terms),
      ...fullRefundCondition(afterSale, settings),
    ]
    const then = { outcome: 'act', action: agreeToReturn(terms) } as const
    return verdictOf(subject, { policy: 'appliedOffDuty', rules: appliedOffDuty.rules, conditions, then })
  },
}

/**
 * Unknown where the time of the application is unknown, or where it depends on the holidays of a year that is not
 * published yet.
 */
function appliedInOffHours(
  { appliedAt, stamps }: AfterSaleCase,
  terms: StoreTerms,
  holidays: OffDutySettings['holidays'],
): Condition {
  const onDuty =
    appliedAt === undefined
      ? undefined
      : isWithinHours(appliedAt, holidays === 'closed' ? terms : { zoneMinutes: terms.zoneMinutes, week: terms.week })
  return conditionOf(
    'R165',
    'appliedInOffHours',
    truthOf(onDuty === undefined ? undefined : !onDuty),
    appliedAt ?? null,
    onDuty === undefined && appliedAt !== undefined ? 'holidays-unpublished' : 'off-duty',
    stamps.status?.observedAt,
  )
}
