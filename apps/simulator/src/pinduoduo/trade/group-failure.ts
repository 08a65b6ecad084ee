import { dueAfter } from '../../world/platform-rules'
import type { CaseRecord } from '../../world/case'
import { noEffects } from '../../world/case'
import { status } from './codes'

/** R111: the group did not form in time, the system refunds. */
export function groupFailure(record: CaseRecord, now: number): CaseRecord {
  return {
    ...record,
    kind: 'refund-only-unshipped',
    status: status.platformRefunding,
    reason: '拼团未成功，系统自动退款',
    remark: '',
    images: [],
    lastActor: 'system',
    refundStatus: 2,
    dueMs: dueAfter(now, 'refundArrival'),
    effects: { ...noEffects, refundsOrdered: 1 },
  }
}
