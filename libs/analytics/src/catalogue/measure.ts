import type { FactSource } from '../facts/fact-tables'

/** One condition on a row of facts. Unknown (`null`) is neither true nor false. */
export type FactCondition =
  | { readonly column: string; readonly is: boolean | 'known' | 'unknown' }
  | { readonly column: string; readonly equals: string }

/**
 * What is added up: the number of rows, a sum, or counts by bucket. Measures add up over days, stores, kinds and dimensions; what
 * does not add up (a rate, a percentile) is computed from their sums only, never from other rates.
 */
export interface Measure {
  readonly source: FactSource
  /** The column with the day that a row belongs to; a row without it is in no figure. */
  readonly day: string
  /** All of them; absent: every row. */
  readonly where?: readonly FactCondition[]
  /** The column that is summed; absent: rows are counted. */
  readonly sum?: string
  /** The column with the bucket by which rows are counted. */
  readonly histogram?: string
}

export const is = (column: string): FactCondition => ({ column, is: true })
export const isNot = (column: string): FactCondition => ({ column, is: false })
export const isKnown = (column: string): FactCondition => ({ column, is: 'known' })
export const isUnknown = (column: string): FactCondition => ({ column, is: 'unknown' })
export const equals = (column: string, value: string): FactCondition => ({ column, equals: value })

/** Plain SQL that PostgreSQL and ClickHouse read alike. `row`: the name of the row. Values are words of ours, without quotes. */
export function conditionSql(condition: FactCondition, row: string): string {
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

export const conditionsSql = (conditions: readonly FactCondition[], row: string): string =>
  conditions.length === 0 ? 'true' : conditions.map((one) => conditionSql(one, row)).join(' AND ')
