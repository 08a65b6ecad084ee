/**
 * How cases vary without anyone's decision: by the number of the case, so the same ones in every run of a seed, and
 * without a field of their own in the state file. Which differences there are is in each marketplace's `variety.ts`.
 */
import type { CaseRecord } from './case'

export type Numbered = Pick<CaseRecord, 'sequence'>

export const everyNth =
  (n: number, remainder: number) =>
  (c: Numbered): boolean =>
    c.sequence % n === remainder
