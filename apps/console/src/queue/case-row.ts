import type { Instant } from '#after-sale'
import type { Page, QueueItem } from '#read-models'
import { withoutPhones } from '../core/mask-personal-data'
import type { StoreName } from '../core/scope'

/** ISO 8601 in UTC. */
export const iso = (at: Instant): string => new Date(at).toISOString()
export const isoOrNull = (at: Instant | null | undefined): string | null =>
  at === null || at === undefined ? null : iso(at)

/** A case as lists show it over HTTP. */
export function rowOf(item: QueueItem, nameOf: (store: number) => StoreName, now: Instant): Record<string, unknown> {
  const { due, reason } = item
  // Named one by one: taking most of an object over costs three times as much, and a page has fifty of them.
  return {
    caseId: item.caseId,
    store: nameOf(item.store),
    marketplace: item.marketplace,
    caseNumber: item.caseNumber,
    orderNumber: item.orderNumber,
    kind: item.kind,
    variant: item.variant,
    status: item.status,
    outcome: item.outcome,
    turn: item.turn,
    due: due === null ? null : { at: iso(due.at), kind: due.kind, source: due.source, onBreach: due.onBreach },
    overdue: due !== null && due.at < now,
    riskFen: item.riskFen,
    amountFen: item.amountFen,
    refundedFen: item.refundedFen,
    reason:
      reason === null ? null : { text: reason.text === null ? null : withoutPhones(reason.text), code: reason.code },
    goods: item.goods,
    buyer: item.buyer,
    appliedAt: isoOrNull(item.appliedAt),
    updatedAt: iso(item.updatedAt),
  }
}

export const pageOf = (
  { items, next }: Page,
  nameOf: (store: number) => StoreName,
  now: Instant,
): Record<string, unknown> => ({
  now: iso(now),
  items: items.map((item) => rowOf(item, nameOf, now)),
  next,
})
