import type { AfterSaleCase } from '../case'
import type { DisputeStage } from '../glossary/rails'
import type { Truth } from '../truth'
import type { Share } from './share'
import { caseKeyOf, shareOf } from './share'

const INTERVENED_STAGES: readonly DisputeStage[] = [
  'platform-intervened',
  'evidence-wanted',
  'evidence-given',
  'ruled-for-buyer',
  'ruled-for-merchant',
  'cancelled',
]

const hasReached = ({ reached, dispute }: AfterSaleCase, stages: readonly DisputeStage[]): boolean =>
  stages.some((stage) => reached[`dispute:${stage}`] !== undefined || dispute?.stage === stage)

/**
 * Whether the platform ever stepped in, even if the intervention is long over. An appeal proves nothing: money that was
 * refunded without an intervention can be appealed, too.
 */
export function intervened(afterSale: AfterSaleCase): Truth {
  if (hasReached(afterSale, INTERVENED_STAGES)) return 'true'
  const stage = afterSale.dispute?.stage
  return stage === undefined || stage === 'appealed' || stage === 'decided' ? 'unknown' : 'false'
}

/**
 * Whether the order counts as a dispute refund: the platform stepped in and ruled for the buyer (R018). A liability
 * appeal that was won takes it out again (R067); `won` are the keys of those cases (`caseKeyOf`). Unknown while the
 * platform has not ruled, and for a case that was appealed without a known ruling.
 */
export function disputeRefund(afterSale: AfterSaleCase, won: ReadonlySet<string>): Truth {
  if (won.has(caseKeyOf(afterSale))) return 'false'
  if (hasReached(afterSale, ['ruled-for-buyer'])) return 'true'
  switch (afterSale.dispute?.stage) {
    case undefined:
    case 'platform-intervened':
    case 'evidence-wanted':
    case 'evidence-given':
    case 'appealed':
    case 'decided':
      return 'unknown'
    case 'none':
    case 'negotiating':
    case 'rejected':
    case 'ruled-for-buyer':
    case 'ruled-for-merchant':
    case 'cancelled':
      return 'false'
  }
}

/**
 * R018, R067, R072: dispute refunds, as a count and as a share of orders. The platform divides by the store's orders,
 * which no case contains: without `orders` the share is of the cases, and is not the platform's figure.
 */
export function disputeRefunds(cases: readonly AfterSaleCase[], won: ReadonlySet<string>, orders?: number): Share {
  const share = shareOf(cases, (afterSale) => disputeRefund(afterSale, won))
  return orders === undefined ? share : { ...share, denominator: orders }
}

/** R047: cases in which the platform stepped in, of all cases. */
export const interventions = (cases: readonly AfterSaleCase[]): Share => shareOf(cases, intervened)

/** R047, R090: the share of rejected cases in which the platform stepped in afterwards. */
export const interventionsAfterRejecting = (cases: readonly AfterSaleCase[]): Share =>
  shareOf(cases, interventionAfterRejecting)

/** Whether the platform stepped in after the merchant had rejected; `undefined`: it was not rejected. */
export function interventionAfterRejecting(afterSale: AfterSaleCase): Truth | undefined {
  const rejectedAt = rejectionTimeOf(afterSale)
  if (rejectedAt === undefined) return undefined
  if (afterSale.dispute === undefined) return 'unknown'
  const steppedIn = afterSale.reached['dispute:platform-intervened'] ?? afterSale.reached['dispute:evidence-wanted']
  if (steppedIn !== undefined && steppedIn >= rejectedAt) return 'true'
  return intervened(afterSale) === 'true' && steppedIn === undefined ? 'unknown' : 'false'
}

/** When the merchant rejected: as reported by the platform or by our own action, whichever is earlier. */
export function rejectionTimeOf(afterSale: AfterSaleCase): number | undefined {
  const reportedRejectionAt = afterSale.reached['dispute:rejected']
  const ownRejectionAt = afterSale.intents?.find(
    ({ action, state }) => action.name === 'reject' && (state === 'confirmed' || state === 'answered'),
  )?.at
  return reportedRejectionAt === undefined
    ? ownRejectionAt
    : ownRejectionAt === undefined
      ? reportedRejectionAt
      : Math.min(reportedRejectionAt, ownRejectionAt)
}
