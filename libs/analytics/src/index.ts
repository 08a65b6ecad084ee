import { Facts1700000000231 } from './migrations/0231-facts'

export { ANALYTICS_TABLES } from './analytics-tables'
export { DIMENSIONS, dimensionsOf } from './catalogue/dimensions'
export { CATALOGUE_FILES } from './catalogue/documents'
export type { Metric } from './catalogue/metric'
export { CATALOGUE_NAMES, METRICS_CATALOGUE, metricNamed } from './catalogue/metrics'
export type { CatalogueName } from './catalogue/metrics'
export { QueryRefused } from './query/metric-request'
export type { MetricRequest, QueryRefusal } from './query/metric-request'
export type { Grain } from './query/periods'
export { queryMetric } from './query/query-metric'
export type { MetricAnswer, MetricRow, MetricValue, NoValue } from './query/query-metric'
export { caseFacts } from './roll-ups/case-facts'
export { FollowCases } from './roll-ups/follow-cases'

export const ANALYTICS_MIGRATIONS = [Facts1700000000231]
