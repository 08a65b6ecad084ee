import type { RateLimit, StoreSession } from '../../contract'
import type { CallType } from '../wire'

// Pinduoduo limits a call per shop, per app, and over all apps that make it (`:all`); a call must be within each limit.

/** As published, for each of the three. */
export const listRateLimits = ({ shop, appKey }: StoreSession): readonly RateLimit[] => [
  { key: `pinduoduo:list:shop:${shop}`, calls: 100, windowMs: 10_000 },
  { key: `pinduoduo:list:app:${appKey}`, calls: 500, windowMs: 1_000 },
  { key: 'pinduoduo:list:all', calls: 5_500, windowMs: 1_000 },
]

/**
 * Only the limit for all is published. The shop's key has the same size, so it never binds by itself; it is there so that
 * after a "too often" only the shop that got it waits.
 */
export const detailRateLimits = ({ shop }: StoreSession): readonly RateLimit[] => [
  { key: `pinduoduo:detail:shop:${shop}`, calls: 1_400, windowMs: 1_000 },
  { key: 'pinduoduo:detail:all', calls: 1_400, windowMs: 1_000 },
]

/** Published only for cancelling a shipment; the shop's limit is a cautious size of our own for every action. */
export const actionRateLimits = (type: CallType, { shop }: StoreSession): readonly RateLimit[] => [
  { key: `pinduoduo:action:shop:${shop}`, calls: 50, windowMs: 1_000 },
  ...(type === 'pdd.rdc.pddgenius.sendgoods.cancel'
    ? [{ key: 'pinduoduo:cancel:all', calls: 1_200, windowMs: 1_000 }]
    : []),
]

/** As published, per shop and for all. */
export const addressRateLimits = ({ shop }: StoreSession): readonly RateLimit[] => [
  { key: `pinduoduo:addresses:shop:${shop}`, calls: 3_000, windowMs: 60_000 },
  { key: 'pinduoduo:addresses:all', calls: 1_040, windowMs: 1_000 },
]
