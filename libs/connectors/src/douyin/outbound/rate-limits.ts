import type { RateLimit, StoreSession } from '../../contract'

// The limits of each call type. Douyin counts the calls of an app over all of its stores.

/** As published. */
export const listRateLimits = ({ appKey }: StoreSession): readonly RateLimit[] => [
  { key: `douyin:list:app:${appKey}`, calls: 500, windowMs: 1_000 },
]

/** The platform publishes that the detail has a limit, but not its size: a cautious size of our own. */
export const detailRateLimits = ({ appKey }: StoreSession): readonly RateLimit[] => [
  { key: `douyin:detail:app:${appKey}`, calls: 200, windowMs: 1_000 },
]

/** No limit is published for token calls, which are rare: a cautious size of our own. */
export const tokenRateLimits = ({ appKey }: StoreSession): readonly RateLimit[] => [
  { key: `douyin:token:app:${appKey}`, calls: 10, windowMs: 1_000 },
]

/** The platform publishes that all actions share one limit, but not its size: a cautious size of our own. */
export const actionRateLimits = ({ appKey }: StoreSession): readonly RateLimit[] => [
  { key: `douyin:action:app:${appKey}`, calls: 100, windowMs: 1_000 },
]

/** For lists of reject reasons and return addresses; no limit is published: a cautious size of our own. */
export const lookupRateLimits = ({ appKey }: StoreSession): readonly RateLimit[] => [
  { key: `douyin:question:app:${appKey}`, calls: 50, windowMs: 1_000 },
]
