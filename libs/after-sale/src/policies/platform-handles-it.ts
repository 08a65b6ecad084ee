import type { AfterSaleCase } from '../case'
import type { DisputeStage, MoneyStage } from '../glossary/rails'
import type { Status } from '../glossary/status'
import { STATUSES } from '../glossary/status'
import type { Condition } from './framework/condition'
import { verdictOf } from './framework/verdict-of'
import type { Policy } from './framework/policy'
import { conditionOf, reportedAt } from './framework/condition-of'

/**
 * R147: what the platform's own automation has decided is left alone, before any strategy and any person; so is a case
 * in which the platform has intervened (R142), and one whose money is on its way (R148). The flags are those that the
 * marketplaces document for their own automation.
 */
export const platformHandlesIt: Policy = {
  name: 'platformHandlesIt',
  title: { zh: '平台自动处理', en: 'The platform handles it' },
  rules: ['R147', 'R142', 'R148', 'R161'],
  claims: {
    platformDecides: { zh: '平台已自动处理或正在处理', en: 'the platform has decided this by itself, or is about to' },
  },
  judge(subject) {
    const { status } = subject.afterSale
    if (status === undefined || STATUSES[status.status].turn !== 'us') return undefined
    const conditions = [platformDecides(subject.afterSale, status.status)]
    return verdictOf(subject, {
      policy: 'platformHandlesIt',
      rules: platformHandlesIt.rules,
      conditions,
      then: EXPECT_PLATFORM,
    })
  },
}

const EXPECT_PLATFORM = { outcome: 'expect' } as const

function platformDecides(afterSale: AfterSaleCase, status: Status): Condition {
  const { dispute, money, flags } = afterSale
  if (dispute !== undefined && PLATFORM_DECIDING_STAGES.has(dispute.stage))
    return conditionOf(
      'R142',
      'platformDecides',
      'true',
      `dispute:${dispute.stage}`,
      null,
      reportedAt(afterSale, 'dispute'),
    )
  if (money !== undefined && MONEY_MOVING_STAGES.has(money.stage))
    return conditionOf('R148', 'platformDecides', 'true', `money:${money.stage}`, null, reportedAt(afterSale, 'money'))
  if (flags === undefined) return conditionOf('R147', 'platformDecides', 'unknown', null, null, undefined)
  const flagsReportedAt = reportedAt(afterSale, 'flags')
  let unclearFlag: string | undefined
  for (const flag of flags) {
    if (CASE_DECIDING_FLAGS.has(flag) || (status === 'awaiting-merchant-decision' && RETURN_DECIDING_FLAGS.has(flag)))
      return conditionOf('R147', 'platformDecides', 'true', flag, null, flagsReportedAt)
    if (!RETURN_DECIDING_FLAGS.has(flag) && flag.startsWith('auto-audit:')) unclearFlag ??= flag
  }
  return conditionOf(
    'R147',
    'platformDecides',
    unclearFlag === undefined ? 'false' : 'unknown',
    unclearFlag ?? 'no-mark',
    null,
    flagsReportedAt,
  )
}

const PLATFORM_DECIDING_STAGES: ReadonlySet<DisputeStage> = new Set([
  'platform-intervened',
  'evidence-wanted',
  'evidence-given',
])

/** Stages in which the refund is on its way or done. After a partial refund the rest may still need a decision. */
const MONEY_MOVING_STAGES: ReadonlySet<MoneyStage> = new Set(['advanced', 'refunding', 'refunded', 'recovered'])

/**
 * Flags of automation that decides the whole case, at every step. A flag in neither list leaves it unknown what was
 * decided.
 */
const CASE_DECIDING_FLAGS: ReadonlySet<string> = new Set([
  'speed-refund',
  'lightning-return',
  'auto-audit:1', // fast refund before shipping
  'auto-audit:2', // the assistant agreed to refund
  'auto-audit:3', // fast refund after shipping
  'auto-audit:4', // lightning return
  'auto-audit:5', // instant refund across the border
  'auto-audit:6', // intercepted at the cloud warehouse
  'auto-audit:8', // the assistant agreed after the parcel was refused
  'auto-audit:10', // governance, not shipped
  'auto-audit:11', // governance, shipped
  'auto-audit:12', // intercepted by the courier
])

/** Flags of automation that decides the return only: what happens once the goods are back is up to the merchant. */
const RETURN_DECIDING_FLAGS: ReadonlySet<string> = new Set([
  'assistant:return-agreed',
  'auto-audit:7', // the assistant agreed to the return
  'auto-audit:17', // governance, first review of a return
])
