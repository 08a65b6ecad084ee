import type { AfterSaleCase } from '../case'
import type { NoticeDeadline } from '../commands'
import type { Decision } from '../decision'
import { nothing } from '../decision'
import { deadlinesOf } from './deadlines'
import type { TermsOfTrade } from '../terms'
import { DEFAULT_TERMS } from '../terms'
import { timersOf } from './timers'

/**
 * A fired timer is only a question. A stale one, whose deadline has moved or gone, does nothing. A valid one records
 * that the time has passed and has the case read: a breach is predicted until the platform shows it.
 */
export function noticeDeadline(
  afterSale: AfterSaleCase | undefined,
  notice: NoticeDeadline,
  terms: TermsOfTrade = DEFAULT_TERMS,
): Decision {
  if (afterSale === undefined) return { type: 'refused', reason: 'NoSuchCase' }
  if (notice.kind === 'RECHECK' || notice.kind === 'SETTLE') return look(afterSale, notice, notice.kind, terms)
  // The shell judges the case in the same transaction; there is nothing to record.
  if (notice.kind === 'JUDGE') return nothing
  const standing = deadlinesOf(afterSale, terms).find((d) => d.kind === notice.kind && d.due === notice.due)
  if (standing === undefined || standing.passed || notice.now < standing.due) return nothing
  const { kind, due, onBreach, atRisk } = standing
  return {
    type: 'decided',
    events: [{ type: 'DeadlinePassed', kind, due, breach: onBreach, atRisk }],
    effects: [{ type: 'ReadCase', why: 'deadline-passed' }],
  }
}

function look(
  afterSale: AfterSaleCase,
  { now }: NoticeDeadline,
  kind: 'RECHECK' | 'SETTLE',
  terms: TermsOfTrade,
): Decision {
  const standing = timersOf(afterSale, terms).some((t) => t.kind === kind && t.due <= now)
  const why = kind === 'SETTLE' ? 'settle' : 'recheck'
  return standing ? { type: 'decided', events: [], effects: [{ type: 'ReadCase', why }] } : nothing
}
