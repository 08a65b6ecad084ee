import type { Act, Change, Outcome } from '../../world/acts'
import { changeCase, refuseAct } from '../../world/acts'
import type { CaseRecord } from '../../world/case'
import { arbitrationOverdue, isOpen } from './arbitration'
import { seconds } from './codes'
import { close, received, refundOrdered, returnAgreed, toShip } from './moves'
import { reallyRefundedFen } from '../variety'

/** The time of a step has run out and neither side acted: what the platform does by itself. */
export function overdue(record: CaseRecord, act: Extract<Act, { what: 'overdue' }>, now: number): Outcome {
  if (record.dispute !== null && isOpen(record.dispute)) return arbitrationOverdue(record, act, now)
  switch (record.status) {
    case 6:
      if (record.parcelRefusalAgreed) return close(record, act, now, '买家逾期未拒收')
      // R168: no answer in 48 hours, the system refunds; the other kinds reach the buyer's demand (R028).
      if (record.kind === 'exchange' || record.kind === 'repair') return returnAgreed(record, act, now)
      if (record.kind === 'resend') return toShip(record, act, now, { type: '227' })
      return refundOrdered(record, act, now, {}, '商家逾期未处理，系统退款')
    case 8:
    case 11:
      return refundOrdered(record, act, now, {}, '商家逾期未处理，系统退款')
    case 7:
    case 27:
    case 29:
      return close(record, act, now, '买家逾期未处理')
    case 12: {
      const change: Change = {
        refundStatus: 3,
        dueMs: null,
        finalMs: now,
        effect: { refundsPaid: 1, refundedFen: reallyRefundedFen(record) },
      }
      return changeCase(record, act, now, change, '退款成功', [
        { type: record.specialRight ? '225' : '206', own: { success_time: seconds(now) } },
      ])
    }
    case 13:
      return received(record, act, now)
    default:
      return refuseAct('无逾期规则')
  }
}
