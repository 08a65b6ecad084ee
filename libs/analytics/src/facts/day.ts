import type { Instant } from '#after-sale'

/** Asia/Shanghai has had no summer time since 1991: the zone is a fixed distance, in ms. */
const ZONE_MS = 8 * 3_600_000
export const ZONE = 'Asia/Shanghai'
/** Instants outside of this century are mistakes of a report, and belong to no day. */
const FIRST_DAY_MS = Date.UTC(2000, 0, 1)
const AFTER_LAST_DAY_MS = Date.UTC(2100, 0, 1)

/**
 * The day in Asia/Shanghai on which an instant lies, as `YYYY-MM-DD`; `null` where it is unknown or no plausible time of this
 * trade: such a fact belongs to no day and is in no figure.
 */
export const dayOf = (at: Instant | undefined): string | null =>
  at === undefined || !(at >= FIRST_DAY_MS && at < AFTER_LAST_DAY_MS)
    ? null
    : new Date(at + ZONE_MS).toISOString().slice(0, 10)
