import { PER_DOUBLING, SMALLEST_MS } from '../roll-ups/histogram'
import { UNDIVIDED } from '../roll-ups/cells-sql'
import type { MeasureName } from './measures'
import type { Metric } from './metric'

const sumOf = (measure: MeasureName): string => `sum(n) FILTER (WHERE measure = '${measure}')`
const orZero = (sum: string): string => `coalesce(${sum}, 0)`
const windowSql = (days: number): string =>
  `OVER (ORDER BY day RANGE BETWEEN INTERVAL '${days - 1} days' PRECEDING AND CURRENT ROW)`

const FROM_MEASURES = `FROM measure_day WHERE dimension = '${UNDIVIDED}'`

/**
 * The metric as one statement over the roll-ups, by day and undivided: `day` and `value`, of a ratio `numerator` and `denominator` as
 * well. For people who check a figure or copy it into a tool; days without any row are not in it.
 */
export function metricSql(metric: Metric): string {
  switch (metric.type) {
    case 'ratio':
      return ratioSql(metric.numerator, metric.denominator, metric.windowDays)
    case 'percentile':
      return percentileSql(metric.measure, metric.perCent)
    case 'derived':
      return byDay(`${orZero(sumOf(metric.plus))} - ${orZero(sumOf(metric.minus))} AS value`)
    case 'cumulative':
      return byDay(
        `sum(${orZero(sumOf(metric.measure))}) OVER (PARTITION BY date_trunc('month', day) ORDER BY day) AS value`,
      )
    case 'simple':
      return byDay(`${orZero(sumOf(metric.measure))} AS value`)
  }
}

const byDay = (columns: string): string => `SELECT day, ${columns}\n${FROM_MEASURES} GROUP BY day ORDER BY day`

function ratioSql(numerator: MeasureName, denominator: MeasureName, windowDays: number | undefined): string {
  const summed = (measure: MeasureName): string =>
    windowDays === undefined ? orZero(sumOf(measure)) : `sum(${orZero(sumOf(measure))}) ${windowSql(windowDays)}`
  return `SELECT day, numerator, denominator, numerator::float8 / nullif(denominator, 0) AS value FROM (
  ${byDay(`${summed(numerator)} AS numerator, ${summed(denominator)} AS denominator`)}
) AS sums ORDER BY day`
}

const percentileSql = (
  measure: MeasureName,
  perCent: number,
): string => `SELECT day, min(round(${SMALLEST_MS} * 2 ^ (bucket / ${PER_DOUBLING}.0))) FILTER (WHERE upto >= ceil(total * ${perCent} / 100.0)) AS value FROM (
  SELECT day, bucket, sum(sum(n)) OVER (PARTITION BY day ORDER BY bucket) AS upto, sum(sum(n)) OVER (PARTITION BY day) AS total
  ${FROM_MEASURES} AND measure = '${measure}' GROUP BY day, bucket
) AS buckets GROUP BY day ORDER BY day`
