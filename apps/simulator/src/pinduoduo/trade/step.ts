import type { Act, Outcome } from '../../world/acts'
import { changeCase, refuseAct } from '../../world/acts'
import type { CaseRecord } from '../../world/case'
import { dueAfter } from '../../world/platform-rules'
import { detailType, firstStatus, status } from './codes'
import { agreed, close, done, failureOf, refund, toBuyer } from './moves'
import { overdue } from './overdue'

/** One step of a Pinduoduo case. There is no push for a refusal, for a success or for the platform stepping in. */
export function step(record: CaseRecord, act: Act, now: number): Outcome {
  if (record.finalMs !== null) return refuseAct('售后单已完结，不可操作')
  const refundOnly = detailType[record.kind] === 1
  switch (act.what) {
    case 'agree-refund': {
      const allowed = refundOnly ? [2, 6, 8, 31, 33] : record.kind === 'return-and-refund' ? [3, 6, 7, 8] : [8]
      if (!allowed.includes(record.status)) return refuseAct('当前售后状态不允许同意退款')
      return refund(record, act, now, act.by === 'merchant')
    }
    case 'agree-return':
      if (record.returnParcel !== null) return refuseAct('买家已退货')
      if (record.kind === 'return-and-refund' && [3, 6].includes(record.status))
        return toBuyer(record, act, now, status.buyerToSend)
      if (record.kind === 'exchange' && [14, 6].includes(record.status))
        return toBuyer(record, act, now, status.exchangeBuyerToSend)
      if (record.kind === 'repair' && [21, 6].includes(record.status))
        return toBuyer(record, act, now, status.repairBuyerToSend)
      return refuseAct('当前售后状态不允许同意退货')
    case 'agree-resend':
      if (record.kind !== 'resend' || record.status !== status.exchangeApplied)
        return refuseAct('当前售后状态不允许补寄')
      return changeCase(
        record,
        act,
        now,
        { status: status.resendToShip, dueMs: dueAfter(now, 'merchantShipping') },
        '同意补寄',
        [agreed],
      )
    case 'agree-parcel-refusal':
      if (record.kind !== 'refund-only-shipped' || record.status !== status.applied)
        return refuseAct('当前售后状态不允许拒收后退款')
      return changeCase(
        record,
        act,
        now,
        { status: status.parcelRefusalAgreed, parcelRefusalAgreed: true, dueMs: dueAfter(now, 'parcelRefusal') },
        '同意拒收后退款',
        [agreed],
      )
    case 'recall-parcel':
      if (record.kind !== 'refund-only-shipped' || record.status !== status.applied)
        return refuseAct('当前售后状态不允许召回')
      return changeCase(
        record,
        act,
        now,
        { status: status.recall, recall: true, dueMs: dueAfter(now, 'merchantShipping') },
        '商家召回包裹',
        [agreed],
      )
    case 'refuse':
    case 'ship-order':
      if (![2, 3, 14, 21].includes(record.status)) return refuseAct('当前售后状态不允许驳回')
      return changeCase(
        record,
        act,
        now,
        { status: status.refused, dueMs: dueAfter(now, 'buyerAfterRefusal'), effect: { refusals: 1 } },
        '驳回申请',
        [],
      )
    case 'ship-goods': {
      const ready =
        record.kind === 'resend'
          ? [14, 32].includes(record.status)
          : record.kind === 'exchange' && record.status === 14 && record.returnParcel !== null
      if (!ready) return refuseAct('当前售后状态不允许发货')
      const change = {
        status: status.exchangeToConfirm,
        sentParcel: act.parcel,
        dueMs: dueAfter(now, 'buyerReceipt'),
        effect: { parcelsSent: 1 },
      }
      return changeCase(record, act, now, change, '商家已发货', [])
    }
    case 'modify': {
      if (![2, 3, 6, 14].includes(record.status) || record.returnParcel !== null)
        return refuseAct('当前售后状态不允许修改')
      const kind = act.kind ?? record.kind
      const change = {
        kind,
        status: firstStatus(kind),
        refundFen: act.refundFen ?? record.refundFen,
        reason: act.reason ?? record.reason,
        appliedMs: now,
        dueMs: dueAfter(now, 'sellerResponse'),
      }
      return changeCase(record, act, now, change, '买家修改申请', [{ type: 'pdd_refund_RefundBuyerModifyAgreement' }])
    }
    case 'send-back': {
      const next = { 7: status.returnApplied, 15: status.exchangeApplied, 22: status.repairBuyerToSend }[
        record.status as 7 | 15 | 22
      ]
      if (next === undefined || record.returnParcel !== null) return refuseAct('当前售后状态不允许退货')
      const dueMs = dueAfter(now, record.kind === 'repair' ? 'repairBench' : 'merchantReceipt')
      return changeCase(record, act, now, { status: next, returnParcel: act.parcel, dueMs }, '买家已退货', [
        { type: 'pdd_refund_RefundBuyerReturnGoods' },
      ])
    }
    case 'withdraw':
      if ([4, 5].includes(record.status)) return refuseAct('退款中，不可撤销')
      return close(
        record,
        act,
        now,
        refundOnly || record.kind === 'return-and-refund' ? status.withdrawn : failureOf(record.kind),
        '买家撤销',
      )
    case 'escalate': {
      if (record.status !== status.refused) return refuseAct('当前售后状态不允许申请介入')
      const deadlineMs = dueAfter(dueAfter(now, 'evidenceWindow'), 'ruling')
      const dispute = {
        id: `P${record.number}`,
        status: 1,
        conclusion: 0,
        openedMs: now,
        changedMs: now,
        deadlineMs,
        evidence: [],
      }
      return changeCase(record, act, now, { status: status.platform, dispute, dueMs: deadlineMs }, '平台介入', [])
    }
    case 'confirm-receipt':
      if (record.status === status.exchangeToConfirm) return done(record, act, now, status.exchangeDone)
      if (record.status === status.repairToReceive) return done(record, act, now, status.repairDone)
      return refuseAct('当前售后状态不允许确认收货')
    case 'refuse-parcel':
      if (record.status !== status.parcelRefusalAgreed) return refuseAct('未同意拒收')
      return refund(record, act, now, true)
    case 'note':
      return changeCase(
        record,
        act,
        now,
        {},
        act.text,
        act.by === 'buyer' ? [{ type: 'pdd_refund_RefundCreateMessage' }] : [],
      )
    case 'overdue':
      return overdue(record, act, now)
    default:
      return refuseAct('拼多多不支持该操作')
  }
}
