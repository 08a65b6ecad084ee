import { Facts1700000000231 } from './migrations/0231-facts'

export { ANALYTICS_TABLES } from './analytics-tables'
export { caseFacts } from './roll-ups/case-facts'
export { FollowCases } from './roll-ups/follow-cases'

export const ANALYTICS_MIGRATIONS = [Facts1700000000231]
