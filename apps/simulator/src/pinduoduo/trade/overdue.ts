import type { Act, Outcome } from '../../world/acts'
import { changed, refused } from '../../world/acts'
import type { CaseRecord } from '../../world/case'
import { dueAfter } from '../../platform-rules'
import { refundsMoney } from '../../world/order-facts'
import { status } from './codes'
import { agreed, close, done, failureOf, refund, toBuyer } from './moves'

/** The time of a step has run out and neither side acted: what the platform does by itself. */
export function overdue(c: CaseRecord, act: Extract<Act, { what: 'overdue' }>, now: number): Outcome {
  switch (c.status) {
    case status.applied:
    case status.recall:
    case status.resendToShip:
      return refund(c, act, now, false)
    case status.returnApplied:
      return c.returnParcel === null ? toBuyer(c, act, now, status.buyerToSend) : refund(c, act, now, false)
    case status.exchangeApplied:
      if (c.kind === 'resend')
        return changed(
          c,
          act,
          now,
          { status: status.resendToShip, dueMs: dueAfter(now, 'merchantShipping') },
          '逾期默认同意补寄',
          [agreed],
        )
      return c.returnParcel === null ? toBuyer(c, act, now, status.exchangeBuyerToSend) : refund(c, act, now, false)
    case status.repairApplied:
      return toBuyer(c, act, now, status.repairBuyerToSend)
    case status.repairBuyerToSend:
      if (c.returnParcel === null) return close(c, act, now, status.repairClosed, '买家逾期未寄回')
      return changed(
        c,
        act,
        now,
        { status: status.repairToReceive, dueMs: dueAfter(now, 'buyerReceipt'), effect: { parcelsSent: 1 } },
        '维修完成并寄出',
        [],
      )
    case status.refunding:
    case status.platformRefunding:
      return changed(
        c,
        act,
        now,
        {
          status: status.refunded,
          dueMs: null,
          finalMs: now,
          ...(refundsMoney(c) && { refundStatus: 3, effect: { refundsPaid: 1, refundedFen: c.refundFen } }),
        },
        refundsMoney(c) ? '退款成功' : '售后完成',
        [],
      )
    case status.refused:
    case status.parcelRefusalAgreed:
      return close(c, act, now, failureOf(c.kind, status.lateRefundFailed), '买家逾期未处理')
    case status.buyerToSend:
      return close(c, act, now, status.lateExpired, '买家逾期未寄回')
    case status.exchangeBuyerToSend:
      return close(c, act, now, status.exchangeFailed, '买家逾期未寄回')
    case status.exchangeToConfirm:
      return done(c, act, now, status.exchangeDone)
    case status.repairToReceive:
      return done(c, act, now, status.repairDone)
    case status.platform:
      return act.luck < 0.6 ? refund(c, act, now, false) : close(c, act, now, status.platformRefused, '平台拒绝退款')
    default:
      return refused('无逾期规则')
  }
}
