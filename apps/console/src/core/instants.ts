import type { Instant } from '#after-sale'

/** UTC ms as ISO 8601, the form of every instant in answers. */
export const iso = (at: Instant): string => new Date(at).toISOString()

export const isoOrNull = (at: Instant | null | undefined): string | null =>
  at === null || at === undefined ? null : iso(at)
