import type { RateLimit, StoreSession } from '../../contract'

/** 500 calls a second for one app. */
export const listLimits = ({ appKey }: StoreSession): readonly RateLimit[] => [
  { key: `douyin:list:app:${appKey}`, calls: 500, windowMs: 1_000 },
]

/** The platform publishes only that the detail has a limit, not which: a cautious number of our own. */
export const detailLimits = ({ appKey }: StoreSession): readonly RateLimit[] => [
  { key: `douyin:detail:app:${appKey}`, calls: 200, windowMs: 1_000 },
]

/** No limit is published for token calls, which are rare: a cautious number of our own. */
export const tokenLimits = ({ appKey }: StoreSession): readonly RateLimit[] => [
  { key: `douyin:token:app:${appKey}`, calls: 10, windowMs: 1_000 },
]

/** The platform publishes only that all actions together have a limit, not which: a cautious number of our own. */
export const actionLimits = ({ appKey }: StoreSession): readonly RateLimit[] => [
  { key: `douyin:action:app:${appKey}`, calls: 100, windowMs: 1_000 },
]

/** For lists of reasons and addresses; no limit is published: a cautious number of our own. */
export const lookupLimits = ({ appKey }: StoreSession): readonly RateLimit[] => [
  { key: `douyin:question:app:${appKey}`, calls: 50, windowMs: 1_000 },
]
