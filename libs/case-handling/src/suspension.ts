import type { StoreRecord, Suspension } from './ports'

/** Our own refusal codes: people have paused or removed the store, so nothing is called for it. */
export const SUSPENDED: Readonly<Record<Suspension, string>> = {
  paused: 'ours:store-paused',
  removed: 'ours:store-removed',
}

/** Whether people have paused or removed the store, as far as the cache knows. */
export function suspensionOf({
  pausedAt,
  removedAt,
}: Pick<StoreRecord, 'pausedAt' | 'removedAt'>): Suspension | undefined {
  if (typeof removedAt === 'number') return 'removed'
  return typeof pausedAt === 'number' ? 'paused' : undefined
}
