import type { Instant } from '#after-sale'

/** ISO 8601 in UTC. */
export const iso = (at: Instant): string => new Date(at).toISOString()

export const isoOrNull = (at: Instant | null | undefined): string | null =>
  at === null || at === undefined ? null : iso(at)
