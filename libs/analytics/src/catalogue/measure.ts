import type { Source } from '../facts/fact-tables'

/** One condition on a row of facts. Unknown (`null`) is neither true nor false. */
export type Condition =
  | { readonly column: string; readonly is: boolean | 'known' | 'unknown' }
  | { readonly column: string; readonly equals: string }

/**
 * What is added up: the number of rows, a sum, or counts by bucket. Measures add up over days, stores, kinds and dimensions; what
 * does not add up (a rate, a percentile) is computed from their sums only, never from other rates.
 */
export interface Measure {
  readonly source: Source
  /** The column with the day that a row belongs to; a row without it is in no figure. */
  readonly day: string
  /** All of them; absent: every row. */
  readonly where?: readonly Condition[]
  /** The column that is summed; absent: rows are counted. */
  readonly sum?: string
  /** The column with the bucket by which rows are counted. */
  readonly histogram?: string
}

export const is = (column: string): Condition => ({ column, is: true })
export const isNot = (column: string): Condition => ({ column, is: false })
export const isKnown = (column: string): Condition => ({ column, is: 'known' })
export const isUnknown = (column: string): Condition => ({ column, is: 'unknown' })
export const equals = (column: string, value: string): Condition => ({ column, equals: value })

/** Plain SQL that PostgreSQL and ClickHouse read alike. `row`: the name of the row. Values are words of ours, without quotes. */
export function conditionSql(condition: Condition, row: string): string {
  const name = `${row}.${condition.column}`
  if ('equals' in condition) return `${name} = '${condition.equals}'`
  switch (condition.is) {
    case 'known':
      return `${name} IS NOT NULL`
    case 'unknown':
      return `${name} IS NULL`
    default:
      return `${name} = ${condition.is}`
  }
}

export const conditionsSql = (conditions: readonly Condition[], row: string): string =>
  conditions.length === 0 ? 'true' : conditions.map((one) => conditionSql(one, row)).join(' AND ')
