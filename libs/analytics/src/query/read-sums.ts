import type { SqlExecutor } from '#event-store'
import type { MeasureName } from '../catalogue/measures'
import { isCommon } from '../catalogue/dimensions'
import { QueryRefused } from './metric-request'
import type { MetricRequest } from './metric-request'
import type { Grain } from './periods'

export interface SumsWanted {
  readonly request: MetricRequest
  readonly stored: string
  readonly measures: readonly MeasureName[]
  readonly from: string
  readonly to: string
  /** From this day on nothing is read until the range of the request begins. */
  readonly gapFrom: string
  readonly grain: Grain
}

interface SumRow {
  readonly period: string
  readonly member: string
  readonly measure: MeasureName
  readonly bucket: number
  readonly n: number
}

/** Sums by period, value of the dimension, measure and bucket. What is not there is 0. */
export class Sums {
  private readonly cells = new Map<string, Map<number, number>>()
  readonly members = new Set<string>()

  constructor(rows: readonly SumRow[]) {
    for (const { period, member, measure, bucket, n } of rows) {
      this.members.add(member)
      const key = `${measure}|${period}|${member}`
      const counts = this.cells.get(key) ?? new Map<number, number>()
      counts.set(bucket, (counts.get(bucket) ?? 0) + n)
      this.cells.set(key, counts)
    }
  }

  /** Counts by bucket over these periods. */
  buckets(measure: MeasureName, periods: readonly string[], member: string): ReadonlyMap<number, number> {
    const merged = new Map<number, number>()
    for (const period of periods)
      for (const [bucket, n] of this.cells.get(`${measure}|${period}|${member}`) ?? [])
        merged.set(bucket, (merged.get(bucket) ?? 0) + n)
    return merged
  }

  /** The values of which the most was counted come first, equal ones by name. */
  membersBy(measure: MeasureName): readonly string[] {
    const counted = new Map([...this.members].map((member) => [member, 0]))
    for (const [key, counts] of this.cells) {
      const [name, , ...member] = key.split('|')
      const value = member.join('|')
      if (name !== measure) continue
      for (const n of counts.values()) counted.set(value, (counted.get(value) ?? 0) + n)
    }
    return [...counted].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([member]) => member)
  }

  total(measure: MeasureName, periods: readonly string[], member: string): number {
    return [...this.buckets(measure, periods, member).values()].reduce((sum, n) => sum + n, 0)
  }
}

const MEMBER_COLUMNS: Readonly<Record<string, string>> = {
  store: 'r.store::text',
  marketplace: 'r.marketplace',
  kind: 'r.kind',
}

/** Reads and adds up the cells of a request, one statement along the key of the roll-ups. */
export async function readSums(
  database: SqlExecutor,
  { request, stored, measures, from, to, gapFrom, grain }: SumsWanted,
): Promise<Sums> {
  const { org, stores, dimension, filters = {} } = request
  const only = (name: string): readonly string[] | null => filters[name] ?? null
  const values = [
    org,
    measures,
    stored,
    from,
    to,
    stores === 'all' ? null : stores,
    only('kind'),
    only('marketplace'),
    only(stored),
    only('store'),
    grain,
    request.from,
    gapFrom,
  ]
  const rows = await database.query<SumRow[]>(sumsSql(memberSql(dimension)), values)
  if (rows.length > MOST_SUMS)
    throw new QueryRefused(
      'TooManyCells',
      'these are too many figures at once: take a shorter range, a coarser grain or filters',
    )
  return new Sums(rows)
}

/** A range of any length by a dimension of any size must fit the memory of a process that serves others, too. */
const MOST_SUMS = 100_000

function memberSql(dimension: string | undefined): string {
  if (dimension === undefined) return `''`
  return isCommon(dimension) ? (MEMBER_COLUMNS[dimension] ?? `''`) : 'r.value'
}

/** Of a whole range there are two: the one from its first day on, and what is before it. */
const PERIOD = `CASE WHEN $11::text = 'range' THEN CASE WHEN r.day >= $12::date THEN $12::date ELSE $4::date END
    ELSE date_trunc(coalesce(nullif($11, 'range'), 'day'), r.day::timestamp)::date END::text`

const sumsSql = (member: string): string => `
  SELECT ${PERIOD} AS period, ${member} AS member, r.measure, r.bucket, sum(r.n)::bigint AS n
  FROM measure_day r
  WHERE r.org = $1 AND r.measure = ANY($2) AND r.dimension = $3 AND r.day >= $4::date AND r.day < $5::date
    AND (r.day < $13::date OR r.day >= $12::date)
    AND ($6::int[] IS NULL OR r.store = ANY($6)) AND ($7::text[] IS NULL OR r.kind = ANY($7)) AND ($8::text[] IS NULL OR r.marketplace = ANY($8))
    AND ($9::text[] IS NULL OR r.value = ANY($9)) AND ($10::text[] IS NULL OR r.store::text = ANY($10))
  GROUP BY 1, 2, 3, 4 LIMIT ${MOST_SUMS + 1}`
