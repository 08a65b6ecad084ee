import type { Fen } from '../facets'
import type { Sourced } from '../sourced'

/** Numbers about appeals: settings of a store, each with its source. */
export interface AppealTerms {
  /** More failures than this in a calendar month close appeals until the next one (R061). */
  readonly failuresInMonth: Sourced<number>
  /** More failures than this in a calendar year close appeals until the next one (R062). */
  readonly failuresInYear: Sourced<number>
  /**
   * What counts as one failure. The platform's rules speak of failed appeals, and of a superfluous item that counts as
   * one (R080): counting items is the careful reading, so our limit is reached no later than the platform's.
   */
  readonly failureIs: Sourced<'item' | 'appeal'>
  /** People are warned once no more than this many failures are left. */
  readonly warnFrom: Sourced<number>
  /** What one dispute less in the rate is worth to the store, fen (R067: no money moves, only the rate). */
  readonly rateValue: Sourced<Fen>
  /** What remains of the chance to win for each unknown fact, per mille. */
  readonly unknownLeaves: Sourced<number>
}

/** The defaults of a store. `rateValue` is 50 yuan; `unknownLeaves` lowers a chance to 70 % for each unknown fact. */
export const DEFAULT_APPEAL_TERMS: AppealTerms = {
  failuresInMonth: { value: 3, rule: 'R061', from: '2023-01-01' },
  failuresInYear: { value: 10, rule: 'R062', from: '2023-01-01' },
  failureIs: { value: 'item', rule: 'R080', from: '2023-01-01' },
  warnFrom: { value: 1, rule: 'ours', from: '2026-11-22' },
  rateValue: { value: 5_000, rule: 'ours', from: '2026-11-22' },
  unknownLeaves: { value: 700, rule: 'ours', from: '2026-11-22' },
}
