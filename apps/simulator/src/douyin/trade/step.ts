import type { Act, Change, Notice, Outcome } from '../../world/acts'
import { changed, refused } from '../../world/acts'
import type { CaseRecord } from '../../world/case'
import { escalate, submitEvidence, withdrawnArbitration } from './arbitration'
import { opRole, seconds } from './codes'
import { close, deadlineMoved, received, refundOrdered, refusal, returnAgreed, toShip } from './moves'
import { overdue } from './overdue'
import { dueAfter } from '../../platform-rules'

/** One step of a Douyin case. Who may do what when is the platform's operate table. */
export function step(c: CaseRecord, act: Act, now: number): Outcome {
  if (c.finalMs !== null) return refused('售后单已完结')
  const at = seconds(now)
  switch (act.what) {
    case 'agree-refund':
      if (
        ![6, 7, 11, 27, 29].includes(c.status) ||
        !['return-and-refund', 'refund-only-shipped', 'refund-only-unshipped'].includes(c.kind)
      )
        return refused('售后状态不正确')
      return refundOrdered(
        c,
        act,
        now,
        { ...(act.way === undefined ? {} : { refundWay: act.way }), ...(act.advance ? { advanced: true } : {}) },
        act.advance ? '平台垫付退款' : '同意退款',
      )
    case 'turn-into-refund':
      if (
        ![6, 7, 8, 11, 27, 29].includes(c.status) ||
        c.kind === 'refund-only-shipped' ||
        c.kind === 'refund-only-unshipped'
      )
        return refused('售后状态不正确')
      return refundOrdered(c, act, now, { kind: 'refund-only-shipped', refundStatus: 2 }, '转为仅退款')
    case 'agree-return':
      if (![6, 27].includes(c.status) || !['return-and-refund', 'exchange', 'repair'].includes(c.kind))
        return refused('售后状态不正确')
      return returnAgreed(c, act, now, act.assistant ? { autoAudit: [...(c.autoAudit ?? []), 7] } : {})
    case 'agree-repair-unreturned':
      if (![6, 27].includes(c.status) || c.kind !== 'repair') return refused('售后状态不正确')
      return toShip(c, act, now, { type: '202', own: { agree_time: at, op_role: opRole(act.by) } })
    case 'agree-resend':
      if (![6, 27].includes(c.status) || c.kind !== 'resend') return refused('售后状态不正确')
      return toShip(c, act, now, { type: '227' })
    case 'agree-parcel-refusal': {
      if (c.status !== 6 || c.kind !== 'refund-only-shipped' || c.parcelRefusalAgreed) return refused('售后状态不正确')
      const dueMs = dueAfter(now, 'parcelRefusal')
      return changed(c, act, now, { parcelRefusalAgreed: true, dueMs }, '同意拒收后退款', [deadlineMoved(dueMs)])
    }
    case 'refuse':
      // A refund before shipping is refused by shipping.
      if (c.kind === 'refund-only-unshipped') return refused('未发货仅退款不支持拒绝')
      if (c.status === 6)
        return refusal(c, act, now, 27, c.kind === 'refund-only-shipped' || c.kind === 'resend' ? '204' : '205')
      if (c.status === 11) return refusal(c, act, now, 29, '204')
      return refused('售后状态不正确')
    case 'ship-goods': {
      const ready = { exchange: [7, 11, 29], resend: [8], repair: [7, 8, 11] }[
        c.kind as 'exchange' | 'resend' | 'repair'
      ]
      if (ready === undefined || !ready.includes(c.status)) return refused('售后状态不正确')
      const dueMs = dueAfter(now, 'buyerReceipt')
      const notice = {
        exchange: { type: '211', own: { apply_time: seconds(c.appliedMs) } },
        resend: { type: '226' },
        repair: deadlineMoved(dueMs),
      }[c.kind as 'exchange']
      return changed(
        c,
        act,
        now,
        { status: 13, sentParcel: act.parcel, dueMs, effect: { parcelsSent: 1 } },
        '商家已发货',
        [notice],
      )
    }
    case 'ship-order':
      if (c.status !== 6 || c.kind !== 'refund-only-unshipped') return refused('售后状态不正确')
      return close(c, act, now, '商家已发货，售后关闭')
    case 'extend-time': {
      if (c.status !== 11 || c.dueMs === null) return refused('售后状态不正确')
      const dueMs = dueAfter(c.dueMs, 'timeExtension')
      return changed(c, act, now, { dueMs }, '延长收货时间', [deadlineMoved(dueMs)])
    }
    case 'modify': {
      if (c.dispute !== null || ![6, 27, 29].includes(c.status)) return refused('售后状态不正确')
      const change: Change = {
        kind: c.returnParcel === null ? (act.kind ?? c.kind) : c.kind,
        status: c.returnParcel === null ? 6 : 11,
        refundFen: act.refundFen ?? c.refundFen,
        reason: act.reason ?? c.reason,
        appliedMs: now,
        parcelRefusalAgreed: false,
        dueMs: dueAfter(now, 'sellerResponse'),
      }
      return changed(c, act, now, change, '买家修改售后申请', [{ type: '208', own: { modify_time: at } }])
    }
    case 'send-back': {
      if (c.status !== 7 || c.returnParcel !== null) return refused('售后状态不正确')
      // One of the public SDKs knows this field as refuse_time: both spellings are on the wire.
      const notice: Notice = { type: '203', own: { [c.sequence % 4 === 3 ? 'refuse_time' : 'return_time']: at } }
      return changed(
        c,
        act,
        now,
        { status: 11, returnParcel: act.parcel, gotGoods: true, dueMs: dueAfter(now, 'merchantReceipt') },
        '买家已退货',
        [notice],
      )
    }
    case 'withdraw':
      if (![6, 7, 8, 11, 27, 29].includes(c.status)) return refused('售后状态不正确')
      return close(c, act, now, '买家撤销售后', withdrawnArbitration(c, now))
    case 'confirm-receipt':
      if (c.status !== 13) return refused('售后状态不正确')
      return received(c, act, now)
    case 'refuse-parcel':
      if (c.status !== 6 || !c.parcelRefusalAgreed) return refused('售后状态不正确')
      return refundOrdered(c, { ...act, by: 'system' }, now, {}, '买家已拒收，自动退款')
    case 'escalate':
      return escalate(c, act, now)
    case 'submit-evidence':
      return submitEvidence(c, act, now)
    case 'note':
      return changed(
        c,
        act,
        now,
        { shopRemarks: act.by === 'merchant' ? [...c.shopRemarks, { atMs: now, text: act.text }] : c.shopRemarks },
        act.text,
        [],
      )
    case 'overdue':
      return overdue(c, act, now)
    default:
      return refused('售后状态不正确')
  }
}
