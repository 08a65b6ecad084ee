import type { RateLimit, StoreSession } from '../../contract'
import type { CallType } from '../wire'

/** 100 in 10 s a shop, 500 a second an app, 5500 a second for all. */
export const listLimits = ({ shop, appKey }: StoreSession): readonly RateLimit[] => [
  { key: `pinduoduo:list:shop:${shop}`, calls: 100, windowMs: 10_000 },
  { key: `pinduoduo:list:app:${appKey}`, calls: 500, windowMs: 1_000 },
  { key: 'pinduoduo:list:all', calls: 5_500, windowMs: 1_000 },
]

/**
 * 1400 a second for all. A shop has no limit of its own here; its key is there so that a shop that got
 * "too often" waits alone.
 */
export const detailLimits = ({ shop }: StoreSession): readonly RateLimit[] => [
  { key: `pinduoduo:detail:shop:${shop}`, calls: 1_400, windowMs: 1_000 },
  { key: 'pinduoduo:detail:all', calls: 1_400, windowMs: 1_000 },
]

/** Only that of a cancelled sending is published, 1200 a second for all; for the others a cautious one of our own. */
export const actionLimits = (type: CallType, { shop }: StoreSession): readonly RateLimit[] => [
  { key: `pinduoduo:action:shop:${shop}`, calls: 50, windowMs: 1_000 },
  ...(type === 'pdd.rdc.pddgenius.sendgoods.cancel'
    ? [{ key: 'pinduoduo:cancel:all', calls: 1_200, windowMs: 1_000 }]
    : []),
]

/** 3000 in 60 s a shop, 1040 a second for all. */
export const addressLimits = ({ shop }: StoreSession): readonly RateLimit[] => [
  { key: `pinduoduo:addresses:shop:${shop}`, calls: 3_000, windowMs: 60_000 },
  { key: 'pinduoduo:addresses:all', calls: 1_040, windowMs: 1_000 },
]
