import type { AfterSaleCase } from '../case'
import type { FireTimer } from '../commands'
import type { Decision } from '../decision'
import { noChange } from '../decision'
import { deadlinesOf } from './deadlines'
import type { TermsOfTrade } from '../terms'
import { DEFAULT_TERMS } from '../terms'
import { timersOf } from './timers'

/**
 * Decides a timer that fired. A stale timer, whose deadline has moved or gone, does nothing. A valid one records that
 * the deadline has passed and has the case read: the breach is only predicted until the platform shows it.
 */
export function fireTimer(
  afterSale: AfterSaleCase | undefined,
  timer: FireTimer,
  terms: TermsOfTrade = DEFAULT_TERMS,
): Decision {
  if (afterSale === undefined) return { type: 'refused', reason: 'NoSuchCase' }
  if (timer.kind === 'RECHECK' || timer.kind === 'SETTLE') return readIfDue(afterSale, timer, timer.kind, terms)
  // `case-handling` judges the case in the same transaction; the model has nothing to record.
  if (timer.kind === 'JUDGE') return noChange
  const currentDeadline = deadlinesOf(afterSale, terms).find((d) => d.kind === timer.kind && d.due === timer.due)
  if (currentDeadline === undefined || currentDeadline.passed || timer.now < currentDeadline.due) return noChange
  const { kind, due, onBreach, atRisk } = currentDeadline
  return {
    type: 'decided',
    events: [{ type: 'DeadlinePassed', kind, due, breach: onBreach, atRisk }],
    effects: [{ type: 'ReadCase', why: 'deadline-passed' }],
  }
}

function readIfDue(
  afterSale: AfterSaleCase,
  { now }: FireTimer,
  kind: 'RECHECK' | 'SETTLE',
  terms: TermsOfTrade,
): Decision {
  const currentDeadline = timersOf(afterSale, terms).some((t) => t.kind === kind && t.due <= now)
  const why = kind === 'SETTLE' ? 'settle' : 'recheck'
  return currentDeadline ? { type: 'decided', events: [], effects: [{ type: 'ReadCase', why }] } : noChange
}
