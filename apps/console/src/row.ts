import type { Instant } from '#after-sale'
import type { Page, QueueItem } from '#read-models'
import { withoutPhones } from './mask-personal-data'
import type { StoreName } from './scope'

/** ISO 8601 in UTC. */
export const iso = (at: Instant): string => new Date(at).toISOString()
export const isoOrNull = (at: Instant | null | undefined): string | null => (at === null || at === undefined ? null : iso(at))

/** A case as lists show it over HTTP. */
export function rowOf(item: QueueItem, nameOf: (store: number) => StoreName, now: Instant): Record<string, unknown> {
  const { store, outcome, due, reason, appliedAt, updatedAt, ...rest } = item
  return {
    ...rest,
    store: nameOf(store),
    outcome,
    due: due === null ? null : { ...due, at: iso(due.at) },
    overdue: due !== null && due.at < now,
    reason: reason === null ? null : { ...reason, text: reason.text === null ? null : withoutPhones(reason.text) },
    appliedAt: isoOrNull(appliedAt),
    updatedAt: iso(updatedAt),
  }
}

export const pageOf = ({ items, next }: Page, nameOf: (store: number) => StoreName, now: Instant): Record<string, unknown> => ({
  now: iso(now),
  items: items.map((item) => rowOf(item, nameOf, now)),
  next,
})
