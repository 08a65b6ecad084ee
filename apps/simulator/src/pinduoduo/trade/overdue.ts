import type { Act, Outcome } from '../../world/acts'
import { changeCase, refuseAct } from '../../world/acts'
import type { CaseRecord } from '../../world/case'
import { dueAfter } from '../../world/platform-rules'
import { refundsMoney } from '../../world/order-facts'
import { status } from './codes'
import { agreed, close, done, failureOf, refund, toBuyer } from './moves'

/** The time of a step has run out and neither side acted: what the platform does by itself. */
export function overdue(record: CaseRecord, act: Extract<Act, { what: 'overdue' }>, now: number): Outcome {
  switch (record.status) {
    case status.applied:
    case status.recall:
    case status.resendToShip:
      return refund(record, act, now, false)
    case status.returnApplied:
      return record.returnParcel === null
        ? toBuyer(record, act, now, status.buyerToSend)
        : refund(record, act, now, false)
    case status.exchangeApplied:
      if (record.kind === 'resend')
        return changeCase(
          record,
          act,
          now,
          { status: status.resendToShip, dueMs: dueAfter(now, 'merchantShipping') },
          '逾期默认同意补寄',
          [agreed],
        )
      return record.returnParcel === null
        ? toBuyer(record, act, now, status.exchangeBuyerToSend)
        : refund(record, act, now, false)
    case status.repairApplied:
      return toBuyer(record, act, now, status.repairBuyerToSend)
    case status.repairBuyerToSend:
      if (record.returnParcel === null) return close(record, act, now, status.repairClosed, '买家逾期未寄回')
      return changeCase(
        record,
        act,
        now,
        { status: status.repairToReceive, dueMs: dueAfter(now, 'buyerReceipt'), effect: { parcelsSent: 1 } },
        '维修完成并寄出',
        [],
      )
    case status.refunding:
    case status.platformRefunding:
      return changeCase(
        record,
        act,
        now,
        {
          status: status.refunded,
          dueMs: null,
          finalMs: now,
          ...(refundsMoney(record) && { refundStatus: 3, effect: { refundsPaid: 1, refundedFen: record.refundFen } }),
        },
        refundsMoney(record) ? '退款成功' : '售后完成',
        [],
      )
    case status.refused:
    case status.parcelRefusalAgreed:
      return close(record, act, now, failureOf(record.kind, status.lateRefundFailed), '买家逾期未处理')
    case status.buyerToSend:
      return close(record, act, now, status.lateExpired, '买家逾期未寄回')
    case status.exchangeBuyerToSend:
      return close(record, act, now, status.exchangeFailed, '买家逾期未寄回')
    case status.exchangeToConfirm:
      return done(record, act, now, status.exchangeDone)
    case status.repairToReceive:
      return done(record, act, now, status.repairDone)
    case status.platform:
      return act.luck < 0.6
        ? refund(record, act, now, false)
        : close(record, act, now, status.platformRefused, '平台拒绝退款')
    default:
      return refuseAct('无逾期规则')
  }
}
