import type { RuleId } from './policies/framework/condition'

/** A number of the trade as configuration: its value, its source, and the day from which it counts. */
export interface Sourced<T> {
  readonly value: T
  readonly rule: RuleId | 'platform' | 'ours'
  /** `YYYY-MM-DD`, China time. */
  readonly from: string
}
