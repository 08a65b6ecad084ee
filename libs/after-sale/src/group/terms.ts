import type { Sourced } from '../sourced'

/** Terms of group orders: an order becomes valid only once enough buyers have joined its group (R109–R111). */
export interface GroupTerms {
  /** How long a group may take to form before the platform gives the money back, ms. */
  readonly formation: Sourced<number>
}

export const DEFAULT_GROUP: GroupTerms = { formation: { value: 24 * 3_600_000, rule: 'R111', from: '2023-01-01' } }
