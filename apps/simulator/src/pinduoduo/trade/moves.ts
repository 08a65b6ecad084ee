import type { Act, Outcome } from '../../world/acts'
import { changeCase } from '../../world/acts'
import type { CaseKind, CaseRecord } from '../../world/case'
import { dueAfter } from '../../world/platform-rules'
import { refundsMoney } from '../../world/order-facts'
import { status } from './codes'
import { endsLikeRefund } from '../variety'

export const agreed = { type: 'pdd_refund_RefundAgreeAgreement' }
export const closed = { type: 'pdd_refund_RefundClosed' }

export function failureOf(kind: CaseKind, otherwise: number = status.lateRefundFailed): number {
  if (kind === 'exchange' || kind === 'resend') return status.exchangeFailed
  return kind === 'repair' ? status.repairClosed : otherwise
}

export function refund(record: CaseRecord, act: Act, now: number, byMerchant: boolean): Outcome {
  const next = byMerchant ? status.refunding : status.platformRefunding
  const change = {
    status: next,
    dueMs: dueAfter(now, 'refundArrival'),
    ...(refundsMoney(record) && { refundStatus: 2, effect: { refundsOrdered: 1 } }),
  }
  return changeCase(record, act, now, change, byMerchant ? '商家同意退款' : '平台同意退款', [agreed])
}

export function toBuyer(record: CaseRecord, act: Act, now: number, next: number): Outcome {
  return changeCase(
    record,
    act,
    now,
    { status: next, dueMs: dueAfter(now, 'buyerReturn'), effect: { returnsAgreed: 1 } },
    '同意退货',
    [agreed],
  )
}

export function close(record: CaseRecord, act: Act, now: number, next: number, text: string): Outcome {
  return changeCase(record, act, now, { status: next, dueMs: null, finalMs: now }, text, [closed])
}

export function done(record: CaseRecord, act: Act, now: number, next: number): Outcome {
  const shown = endsLikeRefund(record) ? status.refunded : next
  return changeCase(record, act, now, { status: shown, dueMs: null, finalMs: now }, '售后完成', [])
}
