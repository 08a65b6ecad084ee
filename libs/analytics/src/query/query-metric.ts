import type { SqlExecutor } from '#event-store'
import type { Metric, Unit } from '../catalogue/metric'
import { measuresOf } from '../catalogue/metric'
import { metricNamed } from '../catalogue/metrics'
import type { MeasureName } from '../catalogue/measures'
import { dayOf } from '../facts/day'
import { percentileOf } from '../roll-ups/histogram'
import { earliestDayOf, isByDay, reachOf, summedOf } from './metric-reach'
import type { MetricRequest } from './metric-request'
import { QueryRefused, storedDimensionOf } from './metric-request'
import type { Followed } from './checkpoint'
import type { Period } from './periods'
import { periodsBefore, periodsOf } from './periods'
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
  readonly rows: readonly MetricRow[]
  /** Values of the dimension beyond `top`, of which no row is shown. */
  readonly membersOmitted: number
}

/**
 * Any metric of the catalogue over any range, by day, week or month, divided by one dimension.
 * @param asOf up to when the cases were followed, read once for all metrics of an answer
 * @throws QueryRefused
 */
export async function queryMetric(
  database: SqlExecutor,
  request: MetricRequest,
  { asOf }: Pick<Followed, 'asOf'>,
): Promise<MetricAnswer> {
  const metric = metricNamed(request.metric)
  const stored = storedDimensionOf(request, metric)
  const { from, to, grain } = request
  const periods = periodsOf(from, to, grain)
  const before = request.compareWithBefore === true ? periodsBefore(from, to, grain) : []
  const [first = periods[0]] = before
  const sums = await readSums(database, {
    request,
    stored,
    measures: measuresOf(metric),
    from: earliestDayOf(metric, first?.from ?? from),
    to,
    // What reaches back needs every day; else days between the two ranges are in no period of theirs.
    gapFrom: isByDay(metric) ? from : (before.at(-1)?.to ?? from),
    grain: isByDay(metric) ? 'day' : grain,
  })
  const until = asOf === null ? null : dayOf(asOf)
  const { top = Infinity, mostRows = Infinity } = request
  const ranked = request.dimension === undefined ? [''] : sums.membersBy(sizeOf(metric))
  const members = ranked.slice(0, top).sort()
  const isTooLarge = members.length * (periods.length + before.length) * reachOf(metric) > MOST_ADDED
  if (isTooLarge || members.length * periods.length > mostRows)
    throw new QueryRefused('TooManyCells', 'these are too many figures at once: take a shorter range or fewer values')
  // Once a period: a window of a month is 30 dates, and there may be hundreds of members.
  const summed = new Map([...periods, ...before].map((period) => [period, summedOf(metric, period)]))
  const valueAt = (period: Period, member: string): MetricValue =>
    until === null || period.from > until ? notYet(metric) : valueOf(metric, sums, summed.get(period) ?? [], member)
  const rows = members.flatMap((member) =>
    periods.map((period, nth): MetricRow => {
      const then = before[nth]
      const compared = then === undefined ? {} : { before: valueAt(then, member) }
      return { period: period.period, member, ...valueAt(period, member), ...compared }
    }),
  )
  return { unit: metric.unit, rows, membersOmitted: ranked.length - members.length }
}

/** Sums that are added up in memory for one answer: some tenths of a second. */
const MOST_ADDED = 1_000_000

/** By what the values of a dimension are ranked: by the cases behind them rather than by a rate. */
const sizeOf = (metric: Metric): MeasureName => {
  switch (metric.type) {
    case 'ratio':
      return metric.denominator
    case 'derived':
      return metric.plus
    default:
      return metric.measure
  }
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
