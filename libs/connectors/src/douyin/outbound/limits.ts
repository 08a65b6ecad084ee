import type { RateLimit, StoreSession } from '../../contract'

/** 500 calls a second for one app. */
export const listLimits = ({ appKey }: StoreSession): readonly RateLimit[] => [
  { key: `douyin:list:app:${appKey}`, calls: 500, windowMs: 1_000 },
]

/** No number is published for the detail, only that there is one: a cautious one of our own. */
export const detailLimits = ({ appKey }: StoreSession): readonly RateLimit[] => [
  { key: `douyin:detail:app:${appKey}`, calls: 200, windowMs: 1_000 },
]

export const tokenLimits = ({ appKey }: StoreSession): readonly RateLimit[] => [
  { key: `douyin:token:app:${appKey}`, calls: 10, windowMs: 1_000 },
]

/** No number is published for actions, only that there is a total: a cautious one of our own for each. */
export const actionLimits = ({ appKey }: StoreSession): readonly RateLimit[] => [
  { key: `douyin:action:app:${appKey}`, calls: 100, windowMs: 1_000 },
]

export const lookupLimits = ({ appKey }: StoreSession): readonly RateLimit[] => [
  { key: `douyin:question:app:${appKey}`, calls: 50, windowMs: 1_000 },
]
