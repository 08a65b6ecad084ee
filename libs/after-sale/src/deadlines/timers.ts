import { settleDueOf } from '../actions/settlement/settle'
import type { AfterSaleCase } from '../case'
import type { FollowUpTimer } from '../commands'
import type { DeadlineKind } from './deadline-kinds'
import { deadlinesOf } from './deadlines'
import type { Instant } from '../facets'
import type { TermsOfTrade } from '../terms'
import { DEFAULT_TERMS } from '../terms'
import { isFinal } from '../turn'

/** A time at which the case must be checked again, and why. */
export interface Timer {
  readonly kind: DeadlineKind | FollowUpTimer
  readonly due: Instant
}

/**
 * When the case must be checked again: at every deadline that has not passed, and from time to time while the platform
 * owes us an answer that it may not push (open.pinduoduo.com documents no push for success or refusal).
 */
export function timersOf(afterSale: AfterSaleCase, terms: TermsOfTrade = DEFAULT_TERMS): readonly Timer[] {
  const deadlines = deadlinesOf(afterSale, terms)
  const timers: Timer[] = deadlines.filter((d) => !d.passed).map(({ kind, due }) => ({ kind, due }))
  const isOwed = afterSale.status?.status === 'refunding' || deadlines.some((d) => d.passed)
  const recheck = isOwed ? recheckDueOf(afterSale, terms) : undefined
  if (recheck !== undefined) timers.push({ kind: 'RECHECK', due: recheck })
  const settle = afterSale.intents === undefined ? undefined : settleDueOf(afterSale, terms)
  if (settle !== undefined) timers.push({ kind: 'SETTLE', due: settle })
  return timers
}

/** When to check next a case that waits for the platform: the longer its status is unchanged, the longer the interval. */
export function recheckDueOf(afterSale: AfterSaleCase, terms: TermsOfTrade = DEFAULT_TERMS): Instant | undefined {
  const stamp = afterSale.stamps.status
  if (isFinal(afterSale) || stamp === undefined || afterSale.lastSeen === undefined) return undefined
  const lastReadAt = Math.max(afterSale.lastSeen.observedAt, ...Object.values(afterSale.passed))
  const unchangedMs = Math.max(0, lastReadAt - stamp.revision)
  return lastReadAt + Math.max(terms.recheck, Math.floor(unchangedMs / 2))
}
