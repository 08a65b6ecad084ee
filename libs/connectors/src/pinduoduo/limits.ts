import type { Limit, StoreSession } from '../contract'

/** 100 in 10 s a shop, 500 a second an app, 5500 a second for all (facts A8). */
export const listLimits = ({ shop, appKey }: StoreSession): readonly Limit[] => [
  { key: `pinduoduo:list:shop:${shop}`, calls: 100, windowMs: 10_000 },
  { key: `pinduoduo:list:app:${appKey}`, calls: 500, windowMs: 1_000 },
  { key: 'pinduoduo:list:all', calls: 5_500, windowMs: 1_000 },
]

/**
 * 1400 a second for all (facts A8). A shop has no limit of its own here; its key is there so that a shop that was told
 * "too often" waits alone.
 */
export const detailLimits = ({ shop }: StoreSession): readonly Limit[] => [
  { key: `pinduoduo:detail:shop:${shop}`, calls: 1_400, windowMs: 1_000 },
  { key: 'pinduoduo:detail:all', calls: 1_400, windowMs: 1_000 },
]
