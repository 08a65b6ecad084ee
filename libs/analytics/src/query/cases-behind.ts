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

/** The sums of a metric whose cases can be looked at; `minus`: only what a derived metric takes off. */
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
  /** What it adds: 1, or fen; less than 0: what it takes off. All of a cell add up to its number. */
  readonly adds: number
}

/** A measure of which rows are listed; `sign` -1: its rows take off. */
interface Listed {
  readonly name: MeasureName
  readonly sign: 1 | -1
}

/** A derived number is made of two sums, and leads to the rows of both. */
function listedOf(metric: Metric, part: MetricPart): readonly Listed[] {
  const adding = (name: MeasureName | undefined): readonly Listed[] => (name === undefined ? [] : [{ name, sign: 1 }])
  if (part === 'unknown') return adding('unknown' in metric ? metric.unknown : undefined)
  if (part === 'minus') return adding(metric.type === 'derived' ? metric.minus : undefined)
  if (part === 'denominator') return adding(metric.type === 'ratio' ? metric.denominator : undefined)
  if (metric.type === 'derived') return [...adding(metric.plus), { name: metric.minus, sign: -1 }]
  return adding(metric.type === 'ratio' ? metric.numerator : metric.measure)
}

/** The parts that a metric has. */
export const partsOf = (name: CatalogueName): readonly MetricPart[] =>
  METRIC_PARTS.filter((part) => listedOf(metricNamed(name), part).length > 0)

/** What a number is made of, newest day first. @throws QueryRefused */
export async function casesBehind(database: SqlExecutor, request: CasesRequest): Promise<readonly CountedFact[]> {
  const metric = metricNamed(request.metric)
  const listed = listedOf(metric, request.part)
  if (listed.length === 0) throw new QueryRefused('UnknownPart', `${request.metric} has no ${request.part}`)
  storedDimensionOf(request, metric)
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
  const parameters = Object.entries(filters).map(([dimension, wanted]) => [dimension, values.push(wanted)] as const)
  const lists = listed.map(({ name, sign }) => {
    const measure: Measure = MEASURES[name]
    const table = FACT_TABLES[measure.source]
    return factsSql(
      table,
      measure,
      sign,
      parameters.map(([dimension, parameter]) => filterSql(table, dimension, parameter)),
    )
  })
  const [only = ''] = lists
  return database.query<CountedFact[]>(lists.length === 1 ? only : mergedSql(lists), values)
}

/** `dimension` is one of the catalogue's: it was checked. */
function filterSql({ columns }: FactTable, dimension: string, parameter: number): string {
  const column = `f.${dimension}`
  if (columns[dimension]?.type === 'text[]')
    return `coalesce(nullif(${column}, '{}'), '{${NO_VALUE}}') && $${parameter}::text[]`
  return `coalesce(${column}::text, '${NO_VALUE}') = ANY($${parameter}::text[])`
}

/** The same rows as `cellsSql` adds up. */
function factsSql(
  { name, key }: FactTable,
  measure: Measure,
  sign: Listed['sign'],
  conditions: readonly string[],
): string {
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
    f.reason_first AS "reasonFirst", c.status, ${day}::text AS day, ${sign} * ${amountSql(measure)} AS adds
  FROM ${name} AS f JOIN case_fact AS c ON c.case_id = f.case_id
  WHERE ${wanted.join('\n    AND ')}
  ORDER BY ${day} DESC, f.case_id DESC, ${row} COLLATE "C" DESC LIMIT $8`
}

/**
 * Several lists in the order of one, each read no further than the page. The measures of a derived metric are of different facts
 * (`documents.spec.ts`), so that no two rows have the same position.
 */
const mergedSql = (lists: readonly string[]): string => `
  SELECT * FROM (${lists.map((list) => `(${list})`).join(' UNION ALL ')}) AS merged
  ORDER BY day DESC, "caseId" DESC, row COLLATE "C" DESC LIMIT $8`
