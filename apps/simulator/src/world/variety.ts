/**
 * Variations of cases that follow from their numbers: the same in every run of a seed, and without fields in the state file.
 * The variations of each marketplace are in its `variety.ts`.
 */
import type { CaseRecord } from './case'

/** What a variation may depend on: the number of the case, and nothing that changes. */
export type Numbered = Pick<CaseRecord, 'sequence'>

/** Whether a case is one of those `n` apart, beginning with number `remainder`. */
export const everyNth =
  (n: number, remainder: number) =>
  (c: Numbered): boolean =>
    c.sequence % n === remainder
