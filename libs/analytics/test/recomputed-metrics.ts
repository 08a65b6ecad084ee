/** Metrics by another way: straight from the facts of folded cases, row by row, without roll-ups, buckets of SQL or sums of sums. */
import type { Metric } from '../src/catalogue/metric'
import type { Measure } from '../src/catalogue/measure'
import type { MeasureName } from '../src/catalogue/measures'
import { MEASURES } from '../src/catalogue/measures'
import type { FactSubject } from '../src/facts/case-fact'
import type { FactRow } from '../src/facts/column'
import { FACT_TABLES } from '../src/facts/fact-tables'
import { addDays, daysOf, monthStartOf } from '../src/query/periods'
import { bucketOf, upperBoundOf } from '../src/roll-ups/histogram'
import { amountOf } from './recomputed'

const DURATION_OF: Readonly<Record<string, string>> = {
  first_answer_bucket: 'first_answer_ms',
  completion_bucket: 'completion_ms',
}

const membersOf = (row: FactRow, dimension: string | undefined): readonly string[] => {
  if (dimension === undefined) return ['']
  const value = row[dimension]
  if (!Array.isArray(value)) return [String(value ?? 'unknown')]
  return value.length === 0 ? ['unknown'] : (value as readonly string[])
}

interface Counted {
  readonly row: FactRow
  readonly amount: number
}

/** Every row that counts for a measure, with its amount, by day. */
export class RecomputedMeasures {
  private readonly counted = new Map<MeasureName, ReadonlyMap<string, readonly Counted[]>>()

  constructor(private readonly cases: readonly FactSubject[]) {}

  private byDay(name: MeasureName): ReadonlyMap<string, readonly Counted[]> {
    const known = this.counted.get(name)
    if (known !== undefined) return known
    const measure: Measure = MEASURES[name]
    const days = new Map<string, Counted[]>()
    for (const row of this.cases.flatMap(FACT_TABLES[measure.source].rowsOf)) {
      const amount = amountOf(row, measure)
      const day = String(row[measure.day])
      if (amount !== undefined) days.set(day, [...(days.get(day) ?? []), { row, amount }])
    }
    this.counted.set(name, days)
    return days
  }

  private within(name: MeasureName, from: string, until: string, dimension: string | undefined, member: string) {
    return daysOf(from, addDays(until, 1))
      .flatMap((day) => this.byDay(name).get(day) ?? [])
      .filter(({ row }) => membersOf(row, dimension).includes(member))
  }

  private sum(name: MeasureName, ...where: readonly [string, string, string | undefined, string]): number {
    return this.within(name, ...where).reduce((sum, { amount }) => sum + amount, 0)
  }

  /** `[numerator, denominator, value]` of a day; the nearest-rank percentile in its bucket. */
  valueOf(metric: Metric, day: string, dimension: string | undefined, member: string): readonly unknown[] {
    const on = [day, day, dimension, member] as const
    switch (metric.type) {
      case 'ratio': {
        const since = metric.windowDays === undefined ? day : addDays(day, 1 - metric.windowDays)
        const numerator = this.sum(metric.numerator, since, day, dimension, member)
        const denominator = this.sum(metric.denominator, since, day, dimension, member)
        return [numerator, denominator, denominator === 0 ? null : numerator / denominator]
      }
      case 'percentile': {
        const column = DURATION_OF[(MEASURES[metric.measure] as Measure).histogram ?? ''] ?? ''
        const all = this.within(metric.measure, ...on).map(({ row }) => Number(row[column]))
        const nearest = all.sort((a, b) => a - b)[Math.ceil((all.length * metric.perCent) / 100) - 1]
        return [all.length, undefined, nearest === undefined ? null : upperBoundOf(bucketOf(nearest))]
      }
      case 'derived': {
        const value = this.sum(metric.plus, ...on) - this.sum(metric.minus, ...on)
        return [value, undefined, value]
      }
      case 'cumulative': {
        const value = this.sum(metric.measure, monthStartOf(day), day, dimension, member)
        return [value, undefined, value]
      }
      case 'simple': {
        const value = this.sum(metric.measure, ...on)
        return [value, undefined, value]
      }
    }
  }
}
