import type { Act, Change, Notice, Outcome } from './acts'
import { changed, refused } from './acts'
import type { Actor, CaseKind, CaseRecord } from './case'
import { dueAfter } from '../platform-rules'
import { arbitrationOverdue, escalate, isOpen, submitEvidence, withdrawnArbitration } from './douyin-arbitration'

/** Douyin's aftersale_type (facts B5). */
const types: Readonly<Record<CaseKind, number>> = {
  'return-and-refund': 0,
  'refund-only-shipped': 1,
  'refund-only-unshipped': 2,
  exchange: 3,
  resend: 7,
  repair: 8,
}

export function aftersaleType(c: CaseRecord): number {
  return c.specialType ?? types[c.kind]
}

const opRoles: Readonly<Record<Actor, number>> = { buyer: 1, merchant: 2, 'platform-agent': 3, system: 4 }

export function opRole(by: Actor): number {
  return opRoles[by]
}

export function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}

/** One step of a Douyin case. Statuses: facts B5; who may do what when: the operate table of facts B4. */
export function douyinStep(c: CaseRecord, act: Act, now: number): Outcome {
  if (c.finalMs !== null) return refused('售后单已完结')
  const at = seconds(now)
  switch (act.what) {
    case 'agree-refund':
      if (![6, 7, 11, 27, 29].includes(c.status) || !['return-and-refund', 'refund-only-shipped', 'refund-only-unshipped'].includes(c.kind)) return refused('售后状态不正确')
      return refundOrdered(c, act, now, act.way === undefined ? {} : { refundWay: act.way }, '同意退款')
    case 'turn-into-refund':
      if (![6, 7, 8, 11, 27, 29].includes(c.status) || c.kind === 'refund-only-shipped' || c.kind === 'refund-only-unshipped') return refused('售后状态不正确')
      return refundOrdered(c, act, now, { kind: 'refund-only-shipped', refundStatus: 2 }, '转为仅退款')
    case 'agree-return':
      if (![6, 27].includes(c.status) || !['return-and-refund', 'exchange', 'repair'].includes(c.kind)) return refused('售后状态不正确')
      return returnAgreed(c, act, now)
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
      if (c.status === 6) return refusal(c, act, now, 27, c.kind === 'refund-only-shipped' || c.kind === 'resend' ? '204' : '205')
      if (c.status === 11) return refusal(c, act, now, 29, '204')
      return refused('售后状态不正确')
    case 'ship-goods': {
      const ready = { exchange: [7, 11, 29], resend: [8], repair: [7, 8, 11] }[c.kind as 'exchange' | 'resend' | 'repair']
      if (ready === undefined || !ready.includes(c.status)) return refused('售后状态不正确')
      const dueMs = dueAfter(now, 'buyerReceipt')
      const notice = { exchange: { type: '211', own: { apply_time: seconds(c.appliedMs) } }, resend: { type: '226' }, repair: deadlineMoved(dueMs) }[c.kind as 'exchange']
      return changed(c, act, now, { status: 13, sentParcel: act.parcel, dueMs, effect: { parcelsSent: 1 } }, '商家已发货', [notice])
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
      return changed(c, act, now, { status: 11, returnParcel: act.parcel, gotGoods: true, dueMs: dueAfter(now, 'merchantReceipt') }, '买家已退货', [notice])
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
      return changed(c, act, now, { shopRemarks: act.by === 'merchant' ? [...c.shopRemarks, { atMs: now, text: act.text }] : c.shopRemarks }, act.text, [])
    case 'overdue':
      return overdue(c, act, now)
    default:
      return refused('售后状态不正确')
  }
}

function overdue(c: CaseRecord, act: Extract<Act, { what: 'overdue' }>, now: number): Outcome {
  if (c.dispute !== null && isOpen(c.dispute)) return arbitrationOverdue(c, act, now, refundOrdered, close)
  switch (c.status) {
    case 6:
      if (c.parcelRefusalAgreed) return close(c, act, now, '买家逾期未拒收')
      // R168: nobody answered in 48 hours, the system refunds; the other kinds reach the buyer's demand (R028).
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
      const change: Change = { refundStatus: 3, dueMs: null, finalMs: now, effect: { refundsPaid: 1, refundedFen: c.refundFen } }
      return changed(c, act, now, change, '退款成功', [{ type: c.specialRight ? '225' : '206', own: { success_time: seconds(now) } }])
    }
    case 13:
      return received(c, act, now)
    default:
      return refused('无逾期规则')
  }
}

function refundOrdered(c: CaseRecord, act: Act, now: number, more: Change, text: string): Outcome {
  const change: Change = { ...more, status: 12, refundStatus: 2, dueMs: dueAfter(now, 'refundArrival'), effect: { refundsOrdered: 1 } }
  return changed(c, act, now, change, text, [{ type: '201', own: { agree_time: seconds(now), op_role: opRole(act.by) } }])
}

function returnAgreed(c: CaseRecord, act: Act, now: number): Outcome {
  const notice = { type: '202', own: { agree_time: seconds(now), op_role: opRole(act.by) } }
  return changed(c, act, now, { status: 7, dueMs: dueAfter(now, 'buyerReturn'), effect: { returnsAgreed: 1 } }, '同意退货', [notice])
}

function toShip(c: CaseRecord, act: Act, now: number, notice: Notice): Outcome {
  return changed(c, act, now, { status: 8, dueMs: dueAfter(now, 'merchantShipping') }, '同意申请，待商家发货', [notice])
}

function refusal(c: CaseRecord, act: Extract<Act, { what: 'refuse' }>, now: number, next: number, tag: string): Outcome {
  const change: Change = { status: next, parcelRefusalAgreed: false, dueMs: dueAfter(now, 'buyerAfterRefusal'), effect: { refusals: 1 } }
  return changed(c, act, now, change, act.text, [{ type: tag, own: { refuse_time: seconds(now) } }])
}

function close(c: CaseRecord, act: Act, now: number, text: string, before: { change?: Change; notices?: readonly Notice[] } = {}): Outcome {
  const notices = [...(before.notices ?? []), { type: '207', own: { close_time: seconds(now) } }]
  return changed(c, act, now, { ...before.change, status: 28, dueMs: null, finalMs: now }, text, notices)
}

/** An exchange, resend or repair that arrived is announced by no push: it is only to be read. */
function received(c: CaseRecord, act: Act, now: number): Outcome {
  return changed(c, act, now, { status: 14, dueMs: null, finalMs: now }, '买家已收货', [])
}

function deadlineMoved(dueMs: number): Notice {
  return { type: '209', own: { status_deadline: seconds(dueMs) } }
}
