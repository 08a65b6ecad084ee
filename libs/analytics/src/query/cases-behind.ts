import type { SqlExecutor } from '#event-store'
import type { Measure } from '../catalogue/measure'
import { MEASURES } from '../catalogue/measures'
import type { MeasureName } from '../catalogue/measures'
import type { Metric } from '../catalogue/metric'
import { metricNamed } from '../catalogue/metrics'
import type { CatalogueName } from '../catalogue/metrics'
import type { FactTable } from '../facts/fact-tables'
import { FACT_TABLES } from '../facts/fact-tables'
import { NO_VALUE, amountSql } from '../roll-ups/cells-sql'
import { earliestDayOf } from './metric-reach'
import type { MetricRequest } from './metric-request'
import { QueryRefused, storedDimensionOf } from './metric-request'
import type { FactPosition } from './fact-position'

/** The sums of a metric whose cases can be looked at; `minus`: what a derived metric takes off. */
export const METRIC_PARTS = ['numerator', 'denominator', 'unknown', 'minus'] as const
export type MetricPart = (typeof METRIC_PARTS)[number]

/** One cell: its days from `from` on, before `to`, and its value of the dimension as a filter. */
export interface CasesRequest extends Pick<MetricRequest, 'metric' | 'org' | 'stores' | 'from' | 'to' | 'filters'> {
  readonly part: MetricPart
  readonly after?: FactPosition | undefined
  readonly limit: number
}

/** One row of facts that a cell is made of: a case, an action, an item of an appeal, a deadline. */
export interface CountedFact {
  readonly caseId: string
  readonly caseNumber: string
  /** Which of the case's rows: the action, the item, the deadline; `''`: the case itself. */
  readonly row: string
  readonly store: number
  readonly marketplace: string
  readonly kind: string
  readonly reasonFirst: string
  readonly status: string
  /** The day on which it counts. */
  readonly day: string
  /** What it adds: 1, or fen. All of a cell add up to its number. */
  readonly adds: number
}

const measureOf = (metric: Metric, part: MetricPart): MeasureName | undefined => {
  if (part === 'unknown') return 'unknown' in metric ? metric.unknown : undefined
  if (part === 'minus') return metric.type === 'derived' ? metric.minus : undefined
  if (part === 'denominator') return metric.type === 'ratio' ? metric.denominator : undefined
  return metric.type === 'ratio' ? metric.numerator : metric.type === 'derived' ? metric.plus : metric.measure
}

/** The parts that a metric has. */
export const partsOf = (name: CatalogueName): readonly MetricPart[] =>
  METRIC_PARTS.filter((part) => measureOf(metricNamed(name), part) !== undefined)

/** What a number is made of, newest day first. @throws QueryRefused */
export async function casesBehind(database: SqlExecutor, request: CasesRequest): Promise<readonly CountedFact[]> {
  const metric = metricNamed(request.metric)
  const name = measureOf(metric, request.part)
  if (name === undefined) throw new QueryRefused('UnknownPart', `${request.metric} has no ${request.part}`)
  storedDimensionOf(request, metric)
  const measure: Measure = MEASURES[name]
  const table = FACT_TABLES[measure.source]
  const { after, filters = {} } = request
  const values: unknown[] = [
    request.org,
    earliestDayOf(metric, request.from, request.to),
    request.to,
    request.stores === 'all' ? null : request.stores,
    after?.day ?? null,
    after?.caseId ?? null,
    after?.row ?? null,
    request.limit,
  ]
  const conditions = Object.entries(filters).map(([dimension, wanted]) => {
    values.push(wanted)
    return filterSql(table, dimension, values.length)
  })
  return database.query<CountedFact[]>(factsSql(table, measure, conditions), values)
}

/** `dimension` is one of the catalogue's: it was checked. */
function filterSql({ columns }: FactTable, dimension: string, parameter: number): string {
  const column = `f.${dimension}`
  if (columns[dimension]?.type === 'text[]')
    return `coalesce(nullif(${column}, '{}'), '{${NO_VALUE}}') && $${parameter}::text[]`
  return `coalesce(${column}::text, '${NO_VALUE}') = ANY($${parameter}::text[])`
}

/** The same rows as `cellsSql` adds up. */
function factsSql({ name, key }: FactTable, measure: Measure, conditions: readonly string[]): string {
  const day = `f.${measure.day}`
  const row = key[1] === undefined ? `''` : `f.${key[1]}`
  const wanted = [
    `f.org = $1 AND ${day} >= $2::date AND ${day} < $3::date AND ($4::int[] IS NULL OR f.store = ANY($4))`,
    `($5::date IS NULL OR (${day}, f.case_id, ${row} COLLATE "C") < ($5::date, $6::uuid, $7::text COLLATE "C"))`,
    `${amountSql(measure)} <> 0`,
    ...(measure.histogram === undefined ? [] : [`f.${measure.histogram} IS NOT NULL`]),
    ...conditions,
  ]
  return `
  SELECT f.case_id AS "caseId", c.case_number AS "caseNumber", ${row} AS row, f.store, f.marketplace, f.kind,
    f.reason_first AS "reasonFirst", c.status, ${day}::text AS day, ${amountSql(measure)} AS adds
  FROM ${name} AS f JOIN case_fact AS c ON c.case_id = f.case_id
  WHERE ${wanted.join('\n    AND ')}
  ORDER BY ${day} DESC, f.case_id DESC, ${row} COLLATE "C" DESC LIMIT $8`
}
