import { MULTIPLE, dimensionsOf, isCommon } from '../catalogue/dimensions'
import type { Metric } from '../catalogue/metric'
import type { CatalogueName } from '../catalogue/metrics'
import { UNDIVIDED } from '../roll-ups/cells-sql'
import type { Grain } from './periods'
import { isDay } from './periods'

export interface MetricRequest {
  readonly metric: CatalogueName
  readonly org: number
  /** The stores that the caller may see; `all`: every one of the organisation. */
  readonly stores: 'all' | readonly number[]
  /** From this day on, before `to`: `YYYY-MM-DD` of Asia/Shanghai. */
  readonly from: string
  readonly to: string
  readonly grain: Grain
  /** One row for each value of it; absent: undivided. */
  readonly dimension?: string
  /** Only these values, by dimension: of store, marketplace and kind, and of one other. */
  readonly filters?: Readonly<Record<string, readonly string[]>>
  /** Also the same number of periods before. */
  readonly compareWithBefore?: boolean
  /** Only so many values of the dimension: those of which the most was counted. Absent: all. */
  readonly top?: number
  /** Refused where there would be more rows. */
  readonly mostRows?: number
}

export type QueryRefusal =
  | 'BadRange'
  | 'UnknownDimension'
  | 'OneDimensionAtATime'
  | 'SeveralOfMultiple'
  | 'TooManyCells'
  | 'UnknownPart'
  | 'BadCursor'

/** A request that has no right answer. `reason` is stable. */
export class QueryRefused extends Error {
  constructor(
    readonly reason: QueryRefusal,
    message: string,
  ) {
    super(message)
  }
}

const MOST_DAYS = 3_700

/**
 * The dimension whose cells are read. The roll-ups have store, marketplace and kind in every cell, and one more dimension, so a
 * request names at most one more.
 * @throws QueryRefused
 */
export function storedDimensionOf(
  { dimension, filters = {}, from, to }: Pick<MetricRequest, 'dimension' | 'filters' | 'from' | 'to'>,
  metric: Metric,
): string {
  if (!isDay(from) || !isDay(to) || from >= to || (Date.parse(to) - Date.parse(from)) / 86_400_000 > MOST_DAYS)
    throw new QueryRefused('BadRange', 'a range is from a day to a later one, of at most ten years')
  const named = [...new Set([...(dimension === undefined ? [] : [dimension]), ...Object.keys(filters)])]
  const allowed = dimensionsOf(metric)
  const unknown = named.find((name) => !allowed.includes(name))
  if (unknown !== undefined)
    throw new QueryRefused('UnknownDimension', `it is not divided by ${unknown}, only by ${allowed.join(', ')}`)
  const further = named.filter((name) => !isCommon(name))
  if (further.length > 1)
    throw new QueryRefused('OneDimensionAtATime', `the roll-ups do not know ${further.join(' and ')} together`)
  const [stored = UNDIVIDED] = further
  if (MULTIPLE.includes(stored) && dimension !== stored && (filters[stored]?.length ?? 0) > 1)
    throw new QueryRefused('SeveralOfMultiple', `a case may have several ${stored}: together they would count it twice`)
  return stored
}
