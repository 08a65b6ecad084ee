import type { AfterSaleCase } from '../case'
import type { Fen, Instant } from '../facets'
import type { Status } from '../glossary/status'
import type { Condition } from './framework/condition'
import { verdictOf } from './framework/verdict-of'
import type { Policy } from './framework/policy'
import { reasonClassOf } from '../store-terms/reason-class'
import { hasService, lastClosedAt, spanAt } from '../store-terms/service-spans'
import { conditionOf, reportedAt } from './framework/condition-of'
import type { Truth } from '../truth'
import { truthOf } from '../truth'
import type { Subject } from './framework/subject'

/**
 * How many hours to wait for the platform once all conditions hold; after that, people are no longer advised to wait.
 */
export interface AdvanceWaitSettings {
  readonly waitsHours: number
}

const HOUR = 3_600_000

/**
 * R148: under six conditions (R149–R154) the platform itself advances the money after shipping, so the merchant should
 * not. The merchant's approval is one of them: an assistant that agrees to the return triggers it. The platform is the
 * payer.
 */
export const platformAdvancesRefund: Policy<AdvanceWaitSettings> = {
  name: 'platformAdvancesRefund',
  title: { zh: '发货后极速退款', en: 'The platform advances the refund' },
  rules: ['R148', 'R149', 'R150', 'R151', 'R152', 'R153', 'R154', 'R158'],
  claims: {
    serviceIsOpen: {
      zh: '服务已开通,或关闭前已支付',
      en: 'the service is on, or was closed after the order was paid',
      unit: 'instant',
    },
    askedForReturnAndRefund: { zh: '以退货退款申请', en: 'applied for as return and refund' },
    reasonIsNone: { zh: '退款原因为七天无理由', en: 'the buyer needs no reason' },
    merchantAgreed: { zh: '已同意退货', en: 'the return was agreed to' },
    trackingIsVerified: {
      zh: '退货单号已上传并通过校验',
      en: 'the tracking number of the return is given and verified',
    },
    buyerPassesRiskCheck: { zh: '消费者通过风控验证', en: 'the buyer passes the platform’s risk check' },
    paidUnderLimit: { zh: '实付金额低于上限', en: 'paid less than the limit', unit: 'fen' },
    platformHasTimeLeft: { zh: '平台仍在正常处理时间内', en: 'the platform is not overdue with it', unit: 'instant' },
  },
  shape: {
    fields: {
      waitsHours: {
        type: 'number',
        least: 1,
        most: 168,
        title: { zh: '等待平台垫付(小时)', en: 'Hours to wait for the platform' },
      },
    },
    defaults: { waitsHours: 24 },
  },
  judge(subject, { waitsHours }) {
    const { afterSale, terms, now } = subject
    if (
      terms.advanceRefund.length === 0 ||
      afterSale.status === undefined ||
      !BEFORE_REFUND.has(afterSale.status.status)
    )
      return undefined
    const conditions = [
      serviceIsOpen(subject),
      askedForReturnAndRefund(afterSale),
      reasonIsNone(subject),
      merchantAgreed(afterSale, afterSale.status.status),
      trackingIsVerified(afterSale, afterSale.status.status),
      buyerPassesRiskCheck(afterSale),
      paidUnderLimit(afterSale, terms.advanceRefundLimit.value),
      platformHasTimeLeft(afterSale, now, waitsHours * HOUR),
    ]
    return verdictOf(subject, {
      policy: 'platformAdvancesRefund',
      rules: platformAdvancesRefund.rules,
      conditions,
      then: EXPECT_REFUND,
    })
  },
}

const EXPECT_REFUND = { outcome: 'expect', action: { name: 'approve-refund' } } as const

const BEFORE_REFUND: ReadonlySet<Status> = new Set([
  'awaiting-merchant-decision',
  'awaiting-buyer-return',
  'awaiting-merchant-receipt',
])

/**
 * Where the time of payment is unknown, it is at most the time of the application, or else the time when the case was
 * first seen.
 */
function serviceIsOpen({ afterSale, terms, now }: Subject): Condition {
  const paidAt = afterSale.order?.paidAt
  const paid =
    paidAt === undefined ? { latest: afterSale.appliedAt ?? afterSale.openedAt } : { earliest: paidAt, latest: paidAt }
  const truth = hasService(terms.advanceRefund, paid, now)
  if (spanAt(terms.advanceRefund, now) !== undefined)
    return conditionOf('R149', 'serviceIsOpen', truth, 'service-on', 'service-on', undefined)
  const closed = lastClosedAt(terms.advanceRefund, now)
  return conditionOf(
    'R158',
    'serviceIsOpen',
    truth,
    paidAt ?? null,
    closed ?? 'service-on',
    reportedAt(afterSale, 'order'),
  )
}

function askedForReturnAndRefund(afterSale: AfterSaleCase): Condition {
  const kind = afterSale.kind?.kind
  const truth: Truth = kind === undefined ? 'unknown' : truthOf(kind === 'return-and-refund')
  return conditionOf(
    'R150',
    'askedForReturnAndRefund',
    truth,
    kind ?? null,
    'return-and-refund',
    reportedAt(afterSale, 'kind'),
  )
}

function reasonIsNone({ afterSale, terms }: Subject): Condition {
  const reason = reasonClassOf(afterSale, terms)
  const truth: Truth = reason === undefined ? 'unknown' : truthOf(reason === 'no-reason')
  return conditionOf('R151', 'reasonIsNone', truth, reason ?? null, 'no-reason', reportedAt(afterSale, 'reason'))
}

function merchantAgreed(afterSale: AfterSaleCase, status: Status): Condition {
  const agreed = truthOf(status !== 'awaiting-merchant-decision')
  return conditionOf('R152', 'merchantAgreed', agreed, status, 'awaiting-buyer-return', reportedAt(afterSale, 'status'))
}

/**
 * The platform moves the case to the merchant's receipt once it has accepted the buyer's tracking number, and flags a
 * number that it doubts.
 */
function trackingIsVerified(afterSale: AfterSaleCase, status: Status): Condition {
  const { goods, flags } = afterSale
  const hasReturnParcel = goods?.parcels.some(({ direction }) => direction === 'back')
  const flaggedAbnormal = flags?.includes('risk:abnormal') === true
  const accepted = status === 'awaiting-merchant-receipt'
  const truth: Truth =
    hasReturnParcel === false || flaggedAbnormal ? 'false' : hasReturnParcel === true && accepted ? 'true' : 'unknown'
  return conditionOf(
    'R152',
    'trackingIsVerified',
    truth,
    hasReturnParcel === undefined ? null : hasReturnParcel && !flaggedAbnormal,
    true,
    reportedAt(afterSale, 'goods'),
  )
}

/**
 * No marketplace reports the buyer's risk level itself, only the result of the platform's check, as a flag on the case.
 * Its documentation describes a check of the returned parcel, so a flag about the buyer takes precedence.
 */
function buyerPassesRiskCheck(afterSale: AfterSaleCase): Condition {
  const riskFlag = riskFlagOf(afterSale)
  const truth: Truth =
    riskFlag === undefined ? 'unknown' : truthOf(riskFlag === 'risk:ok' || riskFlag === 'buyer-risk:ok')
  return conditionOf('R153', 'buyerPassesRiskCheck', truth, riskFlag ?? null, 'risk:ok', reportedAt(afterSale, 'flags'))
}

function riskFlagOf({ flags }: AfterSaleCase): string | undefined {
  let riskFlag: string | undefined
  for (const flag of flags ?? []) {
    if (flag.startsWith('buyer-risk:')) return flag
    if (flag.startsWith('risk:')) riskFlag = flag
  }
  return riskFlag
}

/**
 * R154: strictly less than the limit. What counts is what was paid for the goods of the case. Where that is unknown, it
 * is at most what was paid for the order and at least the requested goods money.
 */
function paidUnderLimit(afterSale: AfterSaleCase, limit: Fen): Condition {
  const exact = paidForLines(afterSale)
  const maxPaid = exact ?? afterSale.order?.paid
  const minPaid = exact ?? afterSale.amounts?.legs.GOODS
  const truth: Truth =
    maxPaid !== undefined && maxPaid < limit ? 'true' : minPaid !== undefined && minPaid >= limit ? 'false' : 'unknown'
  return conditionOf('R154', 'paidUnderLimit', truth, exact ?? null, limit, reportedAt(afterSale, 'order'))
}

function paidForLines({ order }: AfterSaleCase): Fen | undefined {
  if (order === undefined || order.lines.length === 0) return undefined
  let sum = 0
  for (const { paid } of order.lines) {
    if (paid === undefined) return undefined
    sum += paid
  }
  return sum
}

/** R148 says "automatically", so an advance that has not arrived within the wait is no longer expected. */
function platformHasTimeLeft(afterSale: AfterSaleCase, now: Instant, wait: number): Condition {
  const since = afterSale.reached[`status:${afterSale.status?.raw}`]
  const due = since === undefined ? undefined : since + wait
  return conditionOf(
    'R148',
    'platformHasTimeLeft',
    due === undefined ? 'unknown' : truthOf(now < due),
    now,
    due ?? null,
    reportedAt(afterSale, 'status'),
  )
}
