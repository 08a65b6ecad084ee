import type { DataSource } from 'typeorm'
import type { Metric, Unit } from '../catalogue/metric'
import { measuresOf } from '../catalogue/metric'
import { metricNamed } from '../catalogue/metrics'
import { dayOf } from '../facts/day'
import { percentileOf } from '../roll-ups/histogram'
import type { MetricRequest } from './metric-request'
import { storedDimensionOf } from './metric-request'
import type { Period } from './periods'
import { addDays, daysOf, monthStartOf, periodsOf, shiftPeriods, startOf } from './periods'
import type { Sums } from './read-sums'
import { readSums } from './read-sums'

/** Why there is no value: `no-denominator` no rate of nothing, `no-cases` no percentile of nothing, `not-yet` not followed so far. */
export type NoValue = 'no-denominator' | 'no-cases' | 'not-yet'

export interface MetricValue {
  /** What was added up; of a percentile how many cases it is of. */
  readonly numerator: number | null
  /** Absent where the metric has none. */
  readonly denominator?: number | null
  /** Rows of which it is unknown whether they belong to it. */
  readonly unknown?: number | null
  /** A share is from 0 to 1, money is fen, a duration ms. `null` with the reason: there is none, which is not 0. */
  readonly value: number | null
  readonly reason?: NoValue
}

export interface MetricRow extends MetricValue {
  /** First day of the period. */
  readonly period: string
  /** Value of the dimension; `''` where undivided. */
  readonly member: string
  readonly before?: MetricValue
}

export interface MetricAnswer {
  readonly unit: Unit
  /** Up to when the cases were followed, UTC ms; `null`: not yet at all. */
  readonly asOf: number | null
  /** The log position: an answer of the same position is the same. */
  readonly position: string
  readonly rows: readonly MetricRow[]
}

/** Any metric of the catalogue over any range, by day, week or month, divided by one dimension. @throws QueryRefused */
export async function queryMetric(database: DataSource, request: MetricRequest): Promise<MetricAnswer> {
  const metric = metricNamed(request.metric)
  const stored = storedDimensionOf(request, metric)
  const { from, to, grain } = request
  const checkpoint = await checkpointOf(database, request.org)
  const periods = periodsOf(from, to, grain)
  const beforeFrom = shiftPeriods(from, grain, -periods.length)
  const beforeTo = grain === 'day' ? from : startOf(from, grain)
  const before = request.compareWithBefore === true ? periodsOf(beforeFrom, beforeTo, grain) : []
  const [first = periods[0]] = before
  const sums = await readSums(database, {
    request,
    stored,
    measures: measuresOf(metric),
    from: earliestDayOf(metric, first?.from ?? from),
    to,
    grain: isByDay(metric) ? 'day' : grain,
  })
  const until = checkpoint.asOf === null ? null : dayOf(checkpoint.asOf)
  const members = request.dimension === undefined ? [''] : [...sums.members].sort()
  const valueAt = (period: Period, member: string): MetricValue =>
    until === null || period.from > until ? notYet(metric) : valueOf(metric, sums, summedOf(metric, period), member)
  const rows = members.flatMap((member) =>
    periods.map((period, nth): MetricRow => {
      const then = before[nth]
      const compared = then === undefined ? {} : { before: valueAt(then, member) }
      return { period: period.period, member, ...valueAt(period, member), ...compared }
    }),
  )
  return { unit: metric.unit, ...checkpoint, rows }
}

async function checkpointOf(database: DataSource, org: number): Promise<Pick<MetricAnswer, 'asOf' | 'position'>> {
  const [row] = await database.query<{ asOf: number | null; position: string }[]>(
    `SELECT caught_up_at AS "asOf", tx::text || '/' || stream AS position FROM analytics_checkpoint WHERE org = $1`,
    [org],
  )
  return row ?? { asOf: null, position: '0' }
}

/** Metrics that reach back over more than their period are read by day. */
const isByDay = (metric: Metric): boolean =>
  metric.type === 'cumulative' || (metric.type === 'ratio' && metric.windowDays !== undefined)

function earliestDayOf(metric: Metric, from: string): string {
  if (metric.type === 'cumulative') return monthStartOf(from)
  return metric.type === 'ratio' && metric.windowDays !== undefined ? addDays(from, 1 - metric.windowDays) : from
}

/** Which of the sums belong to a period. */
function summedOf(metric: Metric, { period, to }: Period): readonly string[] {
  if (metric.type === 'cumulative') return daysOf(monthStartOf(addDays(to, -1)), to)
  if (metric.type === 'ratio' && metric.windowDays !== undefined) return daysOf(addDays(to, -metric.windowDays), to)
  return [period]
}

const notYet = (metric: Metric): MetricValue => ({
  numerator: null,
  ...(metric.type === 'ratio' ? { denominator: null } : {}),
  ...('unknown' in metric ? { unknown: null } : {}),
  value: null,
  reason: 'not-yet',
})

function valueOf(metric: Metric, sums: Sums, summed: readonly string[], member: string): MetricValue {
  const unknown =
    'unknown' in metric && metric.unknown !== undefined ? { unknown: sums.total(metric.unknown, summed, member) } : {}
  switch (metric.type) {
    case 'ratio': {
      const numerator = sums.total(metric.numerator, summed, member)
      const denominator = sums.total(metric.denominator, summed, member)
      return denominator === 0
        ? { numerator, denominator, ...unknown, value: null, reason: 'no-denominator' }
        : { numerator, denominator, ...unknown, value: numerator / denominator }
    }
    case 'percentile': {
      const numerator = sums.total(metric.measure, summed, member)
      const value = percentileOf(sums.buckets(metric.measure, summed, member), metric.perCent)
      return value === undefined ? { numerator, value: null, reason: 'no-cases' } : { numerator, ...unknown, value }
    }
    case 'derived': {
      const value = sums.total(metric.plus, summed, member) - sums.total(metric.minus, summed, member)
      return { numerator: value, value }
    }
    default: {
      const value = sums.total(metric.measure, summed, member)
      return { numerator: value, ...unknown, value }
    }
  }
}
