import type { Act } from '../../world/acts'
import type { Automation } from '../../world/automation'
import type { CaseRecord, Order } from '../../world/case'
import { paidFen } from '../../world/order-facts'
import { noReason, noReason7Days } from '../../world/vocabulary'
import { isSuspicious } from '../variety'

const ADVANCE_BELOW_FEN = 300_00
/** The platform takes a moment. */
const AUTOMATIC_DELAY_MS = 5_000

/** What the platform does next with a case that has just moved; `undefined`: nothing by itself. */
export function automaticStep(
  record: CaseRecord,
  order: Order | undefined,
  switches: Automation,
  now: number,
): { afterMs: number; act: Act } | undefined {
  if (record.kind !== 'return-and-refund') return undefined
  if (record.status === 6 && isReturnAgreed(switches, record))
    return { afterMs: AUTOMATIC_DELAY_MS, act: { what: 'agree-return', by: 'system', assistant: true } }
  if (record.status === 11 && order !== undefined && isAdvanced(switches, record, order, now))
    return { afterMs: AUTOMATIC_DELAY_MS, act: { what: 'agree-refund', by: 'system', way: 3, advance: true } }
  return undefined
}

const isReturnAgreed = ({ agreesReturn }: Automation, { reason }: CaseRecord): boolean =>
  agreesReturn === 'all' || (agreesReturn === 'no-reason' && noReason.has(reason))

/**
 * The six conditions (R149–R154): the service, return and refund, the seven-day reason, an approved return with a tracking
 * number, a buyer whose risk is accepted, and less than 300 yuan paid.
 */
function isAdvanced({ advances: spans }: Automation, record: CaseRecord, order: Order, now: number): boolean {
  // Orders that were paid before closing keep the service (R158).
  const served = spans.some(({ from, until }) => from <= now && (until === undefined || order.paidMs < until))
  const approved =
    record.autoAudit?.includes(7) === true ||
    record.log.some(({ by, text }) => by === 'merchant' && text === '同意退货')
  const trusted = record.returnParcel !== null && !isSuspicious(record)
  return served && record.reason === noReason7Days && approved && trusted && paidFen(order) < ADVANCE_BELOW_FEN
}
