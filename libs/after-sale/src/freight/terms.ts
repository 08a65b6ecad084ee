import type { Sourced } from '../sourced'
import type { ReasonClass } from '../store-terms/store-terms'
import type { Payer } from '../glossary/vocabulary'

/** Who pays freight, and how long insurance and allowance take. No amounts: the platform sets those (R131). */
export interface FreightTerms {
  /**
   * Who pays the return, by the class of the reason; for a class that is missing here the rules name no payer, so a
   * person decides (R122).
   */
  readonly bearers: Readonly<Partial<Record<ReasonClass, Sourced<Payer>>>>
  /** For how long an insurance is bought at a time, ms (R129). */
  readonly insuranceCycle: Sourced<number>
  /** Within what time the platform pays its allowance for a return, ms (R132). */
  readonly allowanceWithin: Sourced<number>
}

const HOUR = 3_600_000
const FROM = '2023-01-01'

export const DEFAULT_FREIGHT: FreightTerms = {
  bearers: {
    quality: { value: 'merchant', rule: 'R119', from: FROM },
    'wrong-goods': { value: 'merchant', rule: 'R119', from: FROM },
    'no-reason': { value: 'buyer', rule: 'R120', from: FROM },
  },
  insuranceCycle: { value: 7 * 24 * HOUR, rule: 'R129', from: FROM },
  allowanceWithin: { value: 24 * HOUR, rule: 'R132', from: FROM },
}
