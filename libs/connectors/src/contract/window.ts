import type { Instant } from '#after-sale'

/** A span of the platform's update time, `from` inclusive to `to` exclusive, UTC ms. */
export interface Window {
  readonly from: Instant
  readonly to: Instant
}
