import { dueAfter } from '../../world/platform-rules'
import type { Act, Change, Notice, Outcome } from '../../world/acts'
import { changeCase, refuseAct } from '../../world/acts'
import type { CaseRecord } from '../../world/case'
import { status, type } from './codes'

const NOTICES: readonly Notice[] = [{ type: 'case-changed' }]

/** One step of a case: from which status an act is allowed, and what it changes. */
export function step(record: CaseRecord, act: Act, now: number): Outcome {
  if (record.finalMs !== null) return refuseAct('the case is over')
  const from = (...allowed: readonly number[]): boolean => allowed.includes(record.status)
  const to = (change: Change, text: string): Outcome => changeCase(record, act, now, change, text, NOTICES)
  const refund = (): Outcome =>
    to(
      {
        status: status.refunding,
        refundStatus: 2,
        dueMs: dueAfter(now, 'refundArrival'),
        effect: { refundsOrdered: 1 },
      },
      'refund agreed',
    )
  const end = (code: number): Outcome => to({ status: code, dueMs: null, finalMs: now }, 'case over')
  switch (act.what) {
    case 'agree-refund':
      return from(status.applied, status.merchantToReceive) ? refund() : refuseAct('wrong status')
    case 'agree-return':
      if (!from(status.applied) || type[record.kind] !== 3) return refuseAct('wrong status')
      return to(
        { status: status.buyerToSend, dueMs: dueAfter(now, 'buyerReturn'), effect: { returnsAgreed: 1 } },
        'return agreed',
      )
    case 'refuse':
      if (!from(status.applied)) return refuseAct('wrong status')
      return to(
        { status: status.refused, dueMs: dueAfter(now, 'buyerAfterRefusal'), effect: { refusals: 1 } },
        act.text,
      )
    case 'modify':
      if (!from(status.applied, status.refused)) return refuseAct('wrong status')
      return to(
        {
          status: status.applied,
          kind: act.kind ?? record.kind,
          refundFen: act.refundFen ?? record.refundFen,
          reason: act.reason ?? record.reason,
          appliedMs: now,
          dueMs: dueAfter(now, 'sellerResponse'),
        },
        'application changed',
      )
    case 'send-back':
      if (!from(status.buyerToSend)) return refuseAct('wrong status')
      return to(
        { status: status.merchantToReceive, returnParcel: act.parcel, dueMs: dueAfter(now, 'merchantReceipt') },
        'sent back',
      )
    case 'withdraw':
      return from(status.refunding) ? refuseAct('wrong status') : end(status.withdrawn)
    case 'note':
      return to({}, act.text)
    case 'overdue':
      if (from(status.refunding))
        return to(
          {
            status: status.refunded,
            refundStatus: 3,
            dueMs: null,
            finalMs: now,
            effect: { refundsPaid: 1, refundedFen: record.refundFen },
          },
          'refund paid',
        )
      return from(status.applied, status.merchantToReceive) ? refund() : end(status.withdrawn)
    default:
      return refuseAct('there is no such act here')
  }
}
