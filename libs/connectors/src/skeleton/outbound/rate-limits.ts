import type { RateLimit, StoreSession } from '../../contract'

/** All calls of an app share one limit. */
export const callRateLimits = ({ appKey }: StoreSession): readonly RateLimit[] => [
  { key: `skeleton:app:${appKey}`, calls: 50, windowMs: 1_000 },
]
