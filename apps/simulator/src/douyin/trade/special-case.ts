import type { Draw } from '../../random'
import type { CaseRecord, Order } from '../../world/case'
import { noEffects } from '../../world/case'
import { paidFen } from '../../world/order-facts'

/** The refund of a price protection, at most what was paid. */
const PRICE_PROTECTION_FEN = 500

/** One case in fifty is no application of a buyer: a cancelled order (type 5, status 51) or a price protection (type 6, status 53). */
export function specialCase(record: CaseRecord, order: Order, draw: Draw, now: number): CaseRecord {
  const roll = draw.next()
  if (roll < 0.01)
    return {
      ...record,
      specialType: 5,
      status: 51,
      dueMs: null,
      finalMs: now,
      refundStatus: 3,
      effects: { ...noEffects, refundsPaid: 1, refundedFen: record.refundFen },
    }
  if (roll >= 0.02) return record
  const refundFen = Math.min(PRICE_PROTECTION_FEN, paidFen(order))
  return {
    ...record,
    specialType: 6,
    status: 53,
    refundFen,
    dueMs: null,
    finalMs: now,
    refundStatus: 3,
    effects: { ...noEffects, refundsPaid: 1, refundedFen: refundFen },
  }
}
