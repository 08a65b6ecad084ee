import type { WireValue } from '../wire-json'
import type { CaseRecord } from '../world/case'
import { seconds, type } from './trade/codes'

/** A case as every channel shows it: the id is a bare number of nineteen digits. */
export const caseFields = (c: CaseRecord, shownStatus: number): WireValue => ({
  skeleton_case_id: BigInt(c.number),
  order_id: c.orderNumber,
  case_status: shownStatus,
  case_type: type[c.kind],
  amount: c.refundFen,
  reason: c.reason,
  applied_at: seconds(c.appliedMs),
  updated_at: seconds(c.updatedMs),
  respond_until: c.dueMs === null ? 0 : seconds(c.dueMs),
})
