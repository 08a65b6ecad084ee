import type { Act, Change, Notice, Outcome } from '../../world/acts'
import { changeCase } from '../../world/acts'
import type { CaseRecord } from '../../world/case'
import { opRole, seconds } from './codes'
import { dueAfter } from '../../world/platform-rules'

/** The refund is agreed to; the money arrives later. */
export function refundOrdered(record: CaseRecord, act: Act, now: number, more: Change, text: string): Outcome {
  const change: Change = {
    ...more,
    status: 12,
    refundStatus: 2,
    dueMs: dueAfter(now, 'refundArrival'),
    effect: { refundsOrdered: 1 },
  }
  return changeCase(record, act, now, change, text, [
    { type: '201', own: { agree_time: seconds(now), op_role: opRole(act.by) } },
  ])
}

/** The return is agreed to; the buyer has to send the goods. */
export function returnAgreed(record: CaseRecord, act: Act, now: number, more: Change = {}): Outcome {
  const notice = { type: '202', own: { agree_time: seconds(now), op_role: opRole(act.by) } }
  return changeCase(
    record,
    act,
    now,
    { ...more, status: 7, dueMs: dueAfter(now, 'buyerReturn'), effect: { returnsAgreed: 1 } },
    '同意退货',
    [notice],
  )
}

/** An exchange, resend or repair is agreed to; the merchant has to ship. */
export function toShip(record: CaseRecord, act: Act, now: number, notice: Notice): Outcome {
  return changeCase(record, act, now, { status: 8, dueMs: dueAfter(now, 'merchantShipping') }, '同意申请，待商家发货', [
    notice,
  ])
}

/** The merchant refuses; the buyer may change the application or ask the platform to decide. */
export function refusal(
  record: CaseRecord,
  act: Extract<Act, { what: 'refuse' }>,
  now: number,
  next: number,
  tag: string,
): Outcome {
  const change: Change = {
    status: next,
    parcelRefusalAgreed: false,
    dueMs: dueAfter(now, 'buyerAfterRefusal'),
    effect: { refusals: 1 },
  }
  return changeCase(record, act, now, change, act.text, [{ type: tag, own: { refuse_time: seconds(now) } }])
}

/** The case ends without a refund. `before`: what happens in the same revision, announced first. */
export function close(
  record: CaseRecord,
  act: Act,
  now: number,
  text: string,
  before: { change?: Change; notices?: readonly Notice[] } = {},
): Outcome {
  const notices = [...(before.notices ?? []), { type: '207', own: { close_time: seconds(now) } }]
  return changeCase(record, act, now, { ...before.change, status: 28, dueMs: null, finalMs: now }, text, notices)
}

/** An exchange, resend or repair that arrived is announced by no push: it is only to be read. */
export function received(record: CaseRecord, act: Act, now: number): Outcome {
  return changeCase(record, act, now, { status: 14, dueMs: null, finalMs: now }, '买家已收货', [])
}

/** The push about another deadline of a case. */
export function deadlineMoved(dueMs: number): Notice {
  return { type: '209', own: { status_deadline: seconds(dueMs) } }
}
