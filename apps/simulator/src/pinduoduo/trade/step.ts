import type { Act, Outcome } from '../../world/acts'
import { changed, refused } from '../../world/acts'
import type { CaseRecord } from '../../world/case'
import { dueAfter } from '../../platform-rules'
import { detailType, firstStatus, status } from './codes'
import { agreed, close, done, failureOf, refund, toBuyer } from './moves'
import { overdue } from './overdue'

/** One step of a Pinduoduo case. There is no push for a refusal, for a success or for the platform stepping in. */
export function step(c: CaseRecord, act: Act, now: number): Outcome {
  if (c.finalMs !== null) return refused('售后单已完结，不可操作')
  const refundOnly = detailType[c.kind] === 1
  switch (act.what) {
    case 'agree-refund': {
      const allowed = refundOnly ? [2, 6, 8, 31, 33] : c.kind === 'return-and-refund' ? [3, 6, 7, 8] : [8]
      if (!allowed.includes(c.status)) return refused('当前售后状态不允许同意退款')
      return refund(c, act, now, act.by === 'merchant')
    }
    case 'agree-return':
      if (c.returnParcel !== null) return refused('买家已退货')
      if (c.kind === 'return-and-refund' && [3, 6].includes(c.status)) return toBuyer(c, act, now, status.buyerToSend)
      if (c.kind === 'exchange' && [14, 6].includes(c.status)) return toBuyer(c, act, now, status.exchangeBuyerToSend)
      if (c.kind === 'repair' && [21, 6].includes(c.status)) return toBuyer(c, act, now, status.repairBuyerToSend)
      return refused('当前售后状态不允许同意退货')
    case 'agree-resend':
      if (c.kind !== 'resend' || c.status !== status.exchangeApplied) return refused('当前售后状态不允许补寄')
      return changed(
        c,
        act,
        now,
        { status: status.resendToShip, dueMs: dueAfter(now, 'merchantShipping') },
        '同意补寄',
        [agreed],
      )
    case 'agree-parcel-refusal':
      if (c.kind !== 'refund-only-shipped' || c.status !== status.applied)
        return refused('当前售后状态不允许拒收后退款')
      return changed(
        c,
        act,
        now,
        { status: status.parcelRefusalAgreed, parcelRefusalAgreed: true, dueMs: dueAfter(now, 'parcelRefusal') },
        '同意拒收后退款',
        [agreed],
      )
    case 'recall-parcel':
      if (c.kind !== 'refund-only-shipped' || c.status !== status.applied) return refused('当前售后状态不允许召回')
      return changed(
        c,
        act,
        now,
        { status: status.recall, recall: true, dueMs: dueAfter(now, 'merchantShipping') },
        '商家召回包裹',
        [agreed],
      )
    case 'refuse':
    case 'ship-order':
      if (![2, 3, 14, 21].includes(c.status)) return refused('当前售后状态不允许驳回')
      return changed(
        c,
        act,
        now,
        { status: status.refused, dueMs: dueAfter(now, 'buyerAfterRefusal'), effect: { refusals: 1 } },
        '驳回申请',
        [],
      )
    case 'ship-goods': {
      const ready =
        c.kind === 'resend'
          ? [14, 32].includes(c.status)
          : c.kind === 'exchange' && c.status === 14 && c.returnParcel !== null
      if (!ready) return refused('当前售后状态不允许发货')
      const change = {
        status: status.exchangeToConfirm,
        sentParcel: act.parcel,
        dueMs: dueAfter(now, 'buyerReceipt'),
        effect: { parcelsSent: 1 },
      }
      return changed(c, act, now, change, '商家已发货', [])
    }
    case 'modify': {
      if (![2, 3, 6, 14].includes(c.status) || c.returnParcel !== null) return refused('当前售后状态不允许修改')
      const kind = act.kind ?? c.kind
      const change = {
        kind,
        status: firstStatus(kind),
        refundFen: act.refundFen ?? c.refundFen,
        reason: act.reason ?? c.reason,
        appliedMs: now,
        dueMs: dueAfter(now, 'sellerResponse'),
      }
      return changed(c, act, now, change, '买家修改申请', [{ type: 'pdd_refund_RefundBuyerModifyAgreement' }])
    }
    case 'send-back': {
      const next = { 7: status.returnApplied, 15: status.exchangeApplied, 22: status.repairBuyerToSend }[
        c.status as 7 | 15 | 22
      ]
      if (next === undefined || c.returnParcel !== null) return refused('当前售后状态不允许退货')
      const dueMs = dueAfter(now, c.kind === 'repair' ? 'repairBench' : 'merchantReceipt')
      return changed(c, act, now, { status: next, returnParcel: act.parcel, dueMs }, '买家已退货', [
        { type: 'pdd_refund_RefundBuyerReturnGoods' },
      ])
    }
    case 'withdraw':
      if ([4, 5].includes(c.status)) return refused('退款中，不可撤销')
      return close(
        c,
        act,
        now,
        refundOnly || c.kind === 'return-and-refund' ? status.withdrawn : failureOf(c.kind),
        '买家撤销',
      )
    case 'escalate': {
      if (c.status !== status.refused) return refused('当前售后状态不允许申请介入')
      const deadlineMs = dueAfter(dueAfter(now, 'evidenceWindow'), 'ruling')
      const dispute = {
        id: `P${c.number}`,
        status: 1,
        conclusion: 0,
        openedMs: now,
        changedMs: now,
        deadlineMs,
        evidence: [],
      }
      return changed(c, act, now, { status: status.platform, dispute, dueMs: deadlineMs }, '平台介入', [])
    }
    case 'confirm-receipt':
      if (c.status === status.exchangeToConfirm) return done(c, act, now, status.exchangeDone)
      if (c.status === status.repairToReceive) return done(c, act, now, status.repairDone)
      return refused('当前售后状态不允许确认收货')
    case 'refuse-parcel':
      if (c.status !== status.parcelRefusalAgreed) return refused('未同意拒收')
      return refund(c, act, now, true)
    case 'note':
      return changed(c, act, now, {}, act.text, act.by === 'buyer' ? [{ type: 'pdd_refund_RefundCreateMessage' }] : [])
    case 'overdue':
      return overdue(c, act, now)
    default:
      return refused('拼多多不支持该操作')
  }
}
