import { settleDueOf } from './actions/settle'
import type { AfterSaleCase } from './case'
import type { Look } from './commands'
import type { DeadlineKind } from './deadline-kinds'
import { deadlinesOf } from './deadlines'
import type { Instant } from './facets'
import type { TermsOfTrade } from './terms'
import { DEFAULT_TERMS } from './terms'
import { isFinal } from './turn'

export interface Timer {
  readonly kind: DeadlineKind | Look
  readonly due: Instant
}

/**
 * When the case must be looked at again: at every deadline that has not passed, and from time to time while the
 * platform owes us an answer that it may not push (facts A9: Pinduoduo pushes neither success nor refusal).
 */
export function timersOf(file: AfterSaleCase, terms: TermsOfTrade = DEFAULT_TERMS): readonly Timer[] {
  const deadlines = deadlinesOf(file, terms)
  const timers: Timer[] = deadlines.filter((d) => !d.passed).map(({ kind, due }) => ({ kind, due }))
  const owed = file.status?.status === 'refunding' || deadlines.some((d) => d.passed)
  const recheck = owed ? recheckOf(file, terms) : undefined
  if (recheck !== undefined) timers.push({ kind: 'RECHECK', due: recheck })
  const settle = file.intents === undefined ? undefined : settleDueOf(file, terms)
  if (settle !== undefined) timers.push({ kind: 'SETTLE', due: settle })
  return timers
}

/** Ever more slowly: the longer nothing moved, the longer until the next look. */
export function recheckOf(file: AfterSaleCase, terms: TermsOfTrade = DEFAULT_TERMS): Instant | undefined {
  const told = file.stamps.status
  if (isFinal(file) || told === undefined || file.lastSeen === undefined) return undefined
  const lastLook = Math.max(file.lastSeen.observedAt, ...Object.values(file.passed))
  const quiet = Math.max(0, lastLook - told.revision)
  return lastLook + Math.max(terms.recheck, Math.floor(quiet / 2))
}
