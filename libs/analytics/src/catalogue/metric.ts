import type { RuleId, Term } from '#after-sale'
import type { MeasureName } from './measures'

/** Where a definition comes from: a rule of the trade, a figure that the platforms publish, or ours. */
export type DefinitionSource = 'rule' | 'published' | 'ours'
/** `count`, money in fen, a share from 0 to 1, or a duration in ms. */
export type Unit = 'count' | 'fen' | 'share' | 'ms'

interface MetricTexts {
  readonly label: Term
  readonly description: Term
  /** Rules of the trade that it follows; `exclusions`: those by which something is left out. */
  readonly rules: readonly RuleId[]
  readonly exclusions?: readonly RuleId[]
  readonly source: DefinitionSource
  /** Raised when the meaning changes; `since` is the day from which this version counts. */
  readonly version: number
  readonly since: string
  readonly unit: Unit
}

/** Rows of which it is not known whether they belong to it, shown beside it. */
interface WithUnknown {
  readonly unknown?: MeasureName
}

/** One number that adds up. */
export interface SimpleMetric extends MetricTexts, WithUnknown {
  readonly type: 'simple'
  readonly measure: MeasureName
}

/**
 * Two sums, computed apart and then divided: never a mean of rates. Without a denominator there is no rate. `windowDays`: both are
 * summed over so many days up to the end of the period, as platforms publish it.
 */
export interface RatioMetric extends MetricTexts, WithUnknown {
  readonly type: 'ratio'
  readonly numerator: MeasureName
  readonly denominator: MeasureName
  readonly windowDays?: number
}

/** A percentile of durations; see `roll-ups/histogram.ts` for its bound. */
export interface PercentileMetric extends MetricTexts, WithUnknown {
  readonly type: 'percentile'
  readonly measure: MeasureName
  readonly perCent: number
}

/** A sum since the beginning of the month. */
export interface CumulativeMetric extends MetricTexts {
  readonly type: 'cumulative'
  readonly measure: MeasureName
}

/** One sum minus others. */
export interface DerivedMetric extends MetricTexts {
  readonly type: 'derived'
  readonly plus: MeasureName
  readonly minus: MeasureName
}

export type Metric = SimpleMetric | RatioMetric | PercentileMetric | CumulativeMetric | DerivedMetric

/** The measures that a metric is computed from. */
export function measuresOf(metric: Metric): readonly MeasureName[] {
  const { unknown } = { unknown: undefined, ...metric } as { readonly unknown?: MeasureName }
  return [...inputsOf(metric), ...(unknown === undefined ? [] : [unknown])]
}

function inputsOf(metric: Metric): readonly MeasureName[] {
  switch (metric.type) {
    case 'ratio':
      return [metric.numerator, metric.denominator]
    case 'derived':
      return [metric.plus, metric.minus]
    default:
      return [metric.measure]
  }
}
