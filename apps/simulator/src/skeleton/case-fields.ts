import type { WireValue } from '../http/wire-json'
import type { CaseRecord } from '../world/case'
import { seconds, type } from './trade/codes'

/** A case as every channel shows it: the id is a bare number of nineteen digits. */
export const caseFields = (record: CaseRecord, shownStatus: number): WireValue => ({
  skeleton_case_id: BigInt(record.number),
  order_id: record.orderNumber,
  case_status: shownStatus,
  case_type: type[record.kind],
  amount: record.refundFen,
  reason: record.reason,
  applied_at: seconds(record.appliedMs),
  updated_at: seconds(record.updatedMs),
  respond_until: record.dueMs === null ? 0 : seconds(record.dueMs),
})
