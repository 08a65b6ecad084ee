import type { DisputeRail, Facets, GoodsFacet, Instant, OrderFacet, RecordObservation } from '#after-sale'
import { isFromTheFuture } from '#after-sale'

type Report = Omit<RecordObservation, 'type' | 'identity'>

/** The longest time limit of any marketplace is some weeks; a deadline beyond this would hide a case. */
const LONGEST_DEADLINE_MS = 90 * 86_400_000

/**
 * The plausible part of a report, by the time of its receipt; `undefined` where its revision is in the future, so that
 * it cannot be ordered: the case must be read instead. Every report of every marketplace and adapter is checked here.
 * Other impossible times are dropped, as if they had not been reported. It cannot have been observed later than it was
 * received.
 */
export function plausibleReport(report: Report, receivedAt: Instant): Report | undefined {
  const { stamp, appliedAt, ...rest } = report
  if (isFromTheFuture(stamp.revision, receivedAt)) return undefined
  const { deadline, dispute, goods, order, ...facets } = report.facets
  const isPast = (at: Instant | undefined): boolean => at === undefined || !isFromTheFuture(at, receivedAt)
  const isNear = (due: Instant | null | undefined): boolean => due == null || due <= receivedAt + LONGEST_DEADLINE_MS
  const dated: Partial<Facets> = {
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
    facets: dated,
  }
}

const withoutEvidenceDue = ({ evidenceDue: _, ...dispute }: DisputeRail): DisputeRail => dispute
const withoutDelivery = ({ deliveredAt: _, ...goods }: GoodsFacet): GoodsFacet => goods
const withoutPayment = ({ paidAt: _, ...order }: OrderFacet): OrderFacet => order
