import type { DisputeRail, Facets, GoodsFacet, Instant, OrderFacet, RecordObservation } from '#after-sale'
import { isFromTheFuture } from '#after-sale'

type ObservationToCheck = Omit<RecordObservation, 'type' | 'identity'>

/** No marketplace grants more than some weeks; a case with a later deadline would be sorted out of sight. */
const LONGEST_DEADLINE_MS = 90 * 86_400_000

/**
 * The report without times that are impossible at its receipt (UTC ms), as if they had not been reported; an observation
 * later than its receipt becomes the receipt. `undefined` if the revision itself is in the future: such a report cannot
 * be ordered, so the case must be read instead. Every report of every marketplace and adapter passes here.
 */
export function withoutImpossibleTimes(
  report: ObservationToCheck,
  receivedAt: Instant,
): ObservationToCheck | undefined {
  const { stamp, appliedAt, ...rest } = report
  if (isFromTheFuture(stamp.revision, receivedAt)) return undefined
  const { deadline, dispute, goods, order, ...facets } = report.facets
  const isPast = (at: Instant | undefined): boolean => at === undefined || !isFromTheFuture(at, receivedAt)
  const isNear = (due: Instant | null | undefined): boolean => due == null || due <= receivedAt + LONGEST_DEADLINE_MS
  const plausibleFacets: Partial<Facets> = {
    ...facets,
    ...(deadline !== undefined && isNear(deadline.due) ? { deadline } : {}),
    ...(dispute === undefined ? {} : { dispute: isNear(dispute.evidenceDue) ? dispute : withoutEvidenceDue(dispute) }),
    ...(goods === undefined ? {} : { goods: isPast(goods.deliveredAt) ? goods : withoutDelivery(goods) }),
    ...(order === undefined ? {} : { order: isPast(order.paidAt) ? order : withoutPayment(order) }),
  }
  return {
    ...rest,
    stamp: { ...stamp, observedAt: Math.min(stamp.observedAt, receivedAt) },
    ...(appliedAt !== undefined && isPast(appliedAt) ? { appliedAt } : {}),
    facets: plausibleFacets,
  }
}

const withoutEvidenceDue = ({ evidenceDue: _, ...dispute }: DisputeRail): DisputeRail => dispute
const withoutDelivery = ({ deliveredAt: _, ...goods }: GoodsFacet): GoodsFacet => goods
const withoutPayment = ({ paidAt: _, ...order }: OrderFacet): OrderFacet => order
