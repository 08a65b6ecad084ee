import type { Act, Change, Notice, Outcome } from '../../world/acts'
import { changeCase, refuseAct } from '../../world/acts'
import type { CaseRecord } from '../../world/case'
import { escalate, submitEvidence, withdrawnArbitration } from './arbitration'
import { opRole, seconds } from './codes'
import { close, deadlineMoved, received, refundOrdered, refusal, returnAgreed, toShip } from './moves'
import { overdue } from './overdue'
import { dueAfter } from '../../world/platform-rules'

/** One step of a Douyin case. Who may do what when is the platform's operate table. */
export function step(record: CaseRecord, act: Act, now: number): Outcome {
  if (record.finalMs !== null) return refuseAct('售后单已完结')
  const at = seconds(now)
  switch (act.what) {
    case 'agree-refund':
      if (
        ![6, 7, 11, 27, 29].includes(record.status) ||
        !['return-and-refund', 'refund-only-shipped', 'refund-only-unshipped'].includes(record.kind)
      )
        return refuseAct('售后状态不正确')
      return refundOrdered(
        record,
        act,
        now,
        { ...(act.way === undefined ? {} : { refundWay: act.way }), ...(act.advance ? { advanced: true } : {}) },
        act.advance ? '平台垫付退款' : '同意退款',
      )
    case 'turn-into-refund':
      if (
        ![6, 7, 8, 11, 27, 29].includes(record.status) ||
        record.kind === 'refund-only-shipped' ||
        record.kind === 'refund-only-unshipped'
      )
        return refuseAct('售后状态不正确')
      return refundOrdered(record, act, now, { kind: 'refund-only-shipped', refundStatus: 2 }, '转为仅退款')
    case 'agree-return':
      if (![6, 27].includes(record.status) || !['return-and-refund', 'exchange', 'repair'].includes(record.kind))
        return refuseAct('售后状态不正确')
      return returnAgreed(record, act, now, act.assistant ? { autoAudit: [...(record.autoAudit ?? []), 7] } : {})
    case 'agree-repair-unreturned':
      if (![6, 27].includes(record.status) || record.kind !== 'repair') return refuseAct('售后状态不正确')
      return toShip(record, act, now, { type: '202', own: { agree_time: at, op_role: opRole(act.by) } })
    case 'agree-resend':
      if (![6, 27].includes(record.status) || record.kind !== 'resend') return refuseAct('售后状态不正确')
      return toShip(record, act, now, { type: '227' })
    case 'agree-parcel-refusal': {
      if (record.status !== 6 || record.kind !== 'refund-only-shipped' || record.parcelRefusalAgreed)
        return refuseAct('售后状态不正确')
      const dueMs = dueAfter(now, 'parcelRefusal')
      return changeCase(record, act, now, { parcelRefusalAgreed: true, dueMs }, '同意拒收后退款', [
        deadlineMoved(dueMs),
      ])
    }
    case 'refuse':
      // A refund before shipping is refused by shipping.
      if (record.kind === 'refund-only-unshipped') return refuseAct('未发货仅退款不支持拒绝')
      if (record.status === 6)
        return refusal(
          record,
          act,
          now,
          27,
          record.kind === 'refund-only-shipped' || record.kind === 'resend' ? '204' : '205',
        )
      if (record.status === 11) return refusal(record, act, now, 29, '204')
      return refuseAct('售后状态不正确')
    case 'ship-goods': {
      const ready = { exchange: [7, 11, 29], resend: [8], repair: [7, 8, 11] }[
        record.kind as 'exchange' | 'resend' | 'repair'
      ]
      if (ready === undefined || !ready.includes(record.status)) return refuseAct('售后状态不正确')
      const dueMs = dueAfter(now, 'buyerReceipt')
      const notice = {
        exchange: { type: '211', own: { apply_time: seconds(record.appliedMs) } },
        resend: { type: '226' },
        repair: deadlineMoved(dueMs),
      }[record.kind as 'exchange']
      return changeCase(
        record,
        act,
        now,
        { status: 13, sentParcel: act.parcel, dueMs, effect: { parcelsSent: 1 } },
        '商家已发货',
        [notice],
      )
    }
    case 'ship-order':
      if (record.status !== 6 || record.kind !== 'refund-only-unshipped') return refuseAct('售后状态不正确')
      return close(record, act, now, '商家已发货，售后关闭')
    case 'extend-time': {
      if (record.status !== 11 || record.dueMs === null) return refuseAct('售后状态不正确')
      const dueMs = dueAfter(record.dueMs, 'timeExtension')
      return changeCase(record, act, now, { dueMs }, '延长收货时间', [deadlineMoved(dueMs)])
    }
    case 'modify': {
      if (record.dispute !== null || ![6, 27, 29].includes(record.status)) return refuseAct('售后状态不正确')
      const change: Change = {
        kind: record.returnParcel === null ? (act.kind ?? record.kind) : record.kind,
        status: record.returnParcel === null ? 6 : 11,
        refundFen: act.refundFen ?? record.refundFen,
        reason: act.reason ?? record.reason,
        appliedMs: now,
        parcelRefusalAgreed: false,
        dueMs: dueAfter(now, 'sellerResponse'),
      }
      return changeCase(record, act, now, change, '买家修改售后申请', [{ type: '208', own: { modify_time: at } }])
    }
    case 'send-back': {
      if (record.status !== 7 || record.returnParcel !== null) return refuseAct('售后状态不正确')
      // One of the public SDKs knows this field as refuse_time: both spellings are on the wire.
      const notice: Notice = { type: '203', own: { [record.sequence % 4 === 3 ? 'refuse_time' : 'return_time']: at } }
      return changeCase(
        record,
        act,
        now,
        { status: 11, returnParcel: act.parcel, gotGoods: true, dueMs: dueAfter(now, 'merchantReceipt') },
        '买家已退货',
        [notice],
      )
    }
    case 'withdraw':
      if (![6, 7, 8, 11, 27, 29].includes(record.status)) return refuseAct('售后状态不正确')
      return close(record, act, now, '买家撤销售后', withdrawnArbitration(record, now))
    case 'confirm-receipt':
      if (record.status !== 13) return refuseAct('售后状态不正确')
      return received(record, act, now)
    case 'refuse-parcel':
      if (record.status !== 6 || !record.parcelRefusalAgreed) return refuseAct('售后状态不正确')
      return refundOrdered(record, { ...act, by: 'system' }, now, {}, '买家已拒收，自动退款')
    case 'escalate':
      return escalate(record, act, now)
    case 'submit-evidence':
      return submitEvidence(record, act, now)
    case 'note':
      return changeCase(
        record,
        act,
        now,
        {
          shopRemarks:
            act.by === 'merchant' ? [...record.shopRemarks, { atMs: now, text: act.text }] : record.shopRemarks,
        },
        act.text,
        [],
      )
    case 'overdue':
      return overdue(record, act, now)
    default:
      return refuseAct('售后状态不正确')
  }
}
