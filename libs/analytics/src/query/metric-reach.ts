import type { Metric } from '../catalogue/metric'
import type { Period } from './periods'
import { addDays, daysOf, monthStartOf } from './periods'

/** Metrics that reach back over more than their period are read by day. */
export const isByDay = (metric: Metric): boolean =>
  metric.type === 'cumulative' || (metric.type === 'ratio' && metric.windowDays !== undefined)

/** How many sums one period of it is made of, at most. */
export const reachOf = (metric: Metric): number =>
  metric.type === 'cumulative' ? 31 : metric.type === 'ratio' ? (metric.windowDays ?? 1) : 1

/** The first day that counts for a period which ends before `to`; of several periods, for the first of them. */
export function earliestDayOf(metric: Metric, from: string, to = addDays(from, 1)): string {
  if (metric.type === 'cumulative') return monthStartOf(addDays(to, -1))
  return metric.type === 'ratio' && metric.windowDays !== undefined ? addDays(to, -metric.windowDays) : from
}

/** Which of the sums belong to a period. */
export function summedOf(metric: Metric, { period, from, to }: Period): readonly string[] {
  return isByDay(metric) ? daysOf(earliestDayOf(metric, from, to), to) : [period]
}
