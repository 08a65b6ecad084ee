import { DAY, daysBetween } from '../calendar/civil-time'
import type { AfterSaleCase } from '../case'
import type { Instant } from '../facets'
import type { GoodsStage } from '../glossary/rails'
import type { Condition } from './framework/condition'
import {
  FULL_REFUND_CLAIM,
  FULL_REFUNDS_ONLY_FIELD,
  fullRefundCondition,
  type FullRefundsOnlySetting,
} from './shared/full-refunds-only'
import { verdictOf } from './framework/verdict-of'
import type { Policy } from './framework/policy'
import { reasonClassOf } from '../store-terms/reason-class'
import { agreeToReturn, hasReturnAddress, isReturnApplication, RETURN_ADDRESS_CLAIM } from './shared/return-application'
import type { StoreTerms } from '../store-terms/store-terms'
import { conditionOf, reportedAt } from './framework/condition-of'
import type { Truth } from '../truth'
import { truthOf } from '../truth'

/** `natural-days`: the day of delivery is day 0 and the last day counts to its midnight. `exact`: so many times 24 hours. */
export interface DeliveryDaysSettings extends FullRefundsOnlySetting {
  readonly counting: 'natural-days' | 'exact'
}

/** R163: agree to a return without reason that was applied for within seven days of the carrier's delivery. */
export const withinSevenDaysOfDelivery: Policy<DeliveryDaysSettings> = {
  name: 'withinSevenDaysOfDelivery',
  title: { zh: '七天无理由自动同意退货', en: 'Agree to returns without reason within seven days' },
  rules: ['R161', 'R163', 'R118', 'R063', 'R122'],
  claims: {
    reasonIsNone: { zh: '售后原因为七天无理由', en: 'the buyer needs no reason' },
    goodsWereDelivered: { zh: '物流已签收', en: 'the carrier has delivered' },
    appliedInTime: { zh: '签收后规定天数内申请', en: 'applied within so many days of delivery', unit: 'days' },
    hasReturnAddress: RETURN_ADDRESS_CLAIM,
    isFullRefund: FULL_REFUND_CLAIM,
  },
  shape: {
    fields: {
      counting: {
        type: 'one-of',
        words: ['natural-days', 'exact'],
        title: { zh: '天数算法', en: 'How days are counted' },
      },
      fullRefundsOnly: FULL_REFUNDS_ONLY_FIELD,
    },
    defaults: { counting: 'natural-days' },
  },
  judge(subject, settings) {
    const { afterSale, terms } = subject
    if (!isReturnApplication(afterSale)) return undefined
    const reason = reasonClassOf(afterSale, terms)
    const conditions = [
      conditionOf(
        'R163',
        'reasonIsNone',
        reason === undefined ? 'unknown' : truthOf(reason === 'no-reason'),
        reason ?? null,
        'no-reason',
        reportedAt(afterSale, 'reason'),
      ),
      goodsDeliveredCondition(afterSale),
      appliedInTimeCondition(afterSale, terms, settings.counting),
      hasReturnAddress(terms),
      ...fullRefundCondition(afterSale, settings),
    ]
    const then = { outcome: 'act', action: agreeToReturn(terms) } as const
    return verdictOf(subject, {
      policy: 'withinSevenDaysOfDelivery',
      rules: withinSevenDaysOfDelivery.rules,
      conditions,
      then,
    })
  },
}

const NEVER_DELIVERED: ReadonlySet<GoodsStage> = new Set(['not-shipped', 'intercepting', 'refused'])

/** "In transit" leaves it unknown: a marketplace may report nothing else until the buyer confirms the receipt. */
function goodsDeliveredCondition(afterSale: AfterSaleCase): Condition {
  const { goods } = afterSale
  const truth: Truth =
    goods === undefined
      ? 'unknown'
      : goods.deliveredAt !== undefined || goods.stage === 'delivered'
        ? 'true'
        : NEVER_DELIVERED.has(goods.stage)
          ? 'false'
          : 'unknown'
  return conditionOf(
    'R163',
    'goodsWereDelivered',
    truth,
    goods?.stage ?? null,
    'delivered',
    reportedAt(afterSale, 'goods'),
  )
}

/**
 * The time of delivery or of the application may be unknown. Delivery is after payment, and not after the first report
 * that called the goods delivered; the application is not after the case was first seen. Where these bounds suffice the
 * claim is decided, else it is unknown.
 */
function appliedInTimeCondition(
  afterSale: AfterSaleCase,
  terms: StoreTerms,
  counting: DeliveryDaysSettings['counting'],
): Condition {
  const deliveredAt = afterSale.goods?.deliveredAt
  const earliestDelivery = deliveredAt ?? afterSale.order?.paidAt
  const latestDelivery = deliveredAt ?? afterSale.reached['goods:delivered']
  const limit = terms.noReasonDays.value
  const { appliedAt } = afterSale
  const days = (from: Instant, to: Instant): number =>
    // Rounded up to two decimals, so that a time just over the limit is never shown as within it.
    counting === 'exact' ? Math.ceil(((to - from) / DAY) * 100) / 100 : daysBetween(from, to, terms.zoneMinutes)
  const maxDays = earliestDelivery === undefined ? Infinity : days(earliestDelivery, appliedAt ?? afterSale.openedAt)
  const minDays = latestDelivery === undefined || appliedAt === undefined ? -Infinity : days(latestDelivery, appliedAt)
  const truth: Truth = maxDays <= limit ? 'true' : minDays > limit ? 'false' : 'unknown'
  const exactDays = maxDays === minDays ? maxDays : null
  return conditionOf('R163', 'appliedInTime', truth, exactDays, limit, reportedAt(afterSale, 'goods'))
}
