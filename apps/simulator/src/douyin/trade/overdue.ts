import type { Act, Change, Outcome } from '../../world/acts'
import { changed, refused } from '../../world/acts'
import type { CaseRecord } from '../../world/case'
import { arbitrationOverdue, isOpen } from './arbitration'
import { seconds } from './codes'
import { close, received, refundOrdered, returnAgreed, toShip } from './moves'
import { reallyRefundedFen } from '../variety'

/** The time of a step has run out and neither side acted: what the platform does by itself. */
export function overdue(c: CaseRecord, act: Extract<Act, { what: 'overdue' }>, now: number): Outcome {
  if (c.dispute !== null && isOpen(c.dispute)) return arbitrationOverdue(c, act, now)
  switch (c.status) {
    case 6:
      if (c.parcelRefusalAgreed) return close(c, act, now, '买家逾期未拒收')
      // R168: no answer in 48 hours, the system refunds; the other kinds reach the buyer's demand (R028).
      if (c.kind === 'exchange' || c.kind === 'repair') return returnAgreed(c, act, now)
      if (c.kind === 'resend') return toShip(c, act, now, { type: '227' })
      return refundOrdered(c, act, now, {}, '商家逾期未处理，系统退款')
    case 8:
    case 11:
      return refundOrdered(c, act, now, {}, '商家逾期未处理，系统退款')
    case 7:
    case 27:
    case 29:
      return close(c, act, now, '买家逾期未处理')
    case 12: {
      const change: Change = {
        refundStatus: 3,
        dueMs: null,
        finalMs: now,
        effect: { refundsPaid: 1, refundedFen: reallyRefundedFen(c) },
      }
      return changed(c, act, now, change, '退款成功', [
        { type: c.specialRight ? '225' : '206', own: { success_time: seconds(now) } },
      ])
    }
    case 13:
      return received(c, act, now)
    default:
      return refused('无逾期规则')
  }
}
