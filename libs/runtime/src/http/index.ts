/** How HTTP servers protect themselves. Without framework and database, so that the simulator can use it, too. */
export { isForeign } from './local-origin'
export type { AllowedHosts } from './local-origin'
export { BodyBudget } from './body-budget'
export type { BodyAccount } from './body-budget'
export { readBody } from './read-body'
export type { BodyLimits, BodyFailure } from './read-body'
export { plainPath, refusedRequests } from './refused-requests'
