import type { Sourced } from '../sourced'

/** How a marketplace has its merchants negotiate before they reject (R048–R055). */
export interface NegotiationTerms {
  /** How many rounds must be over before a rejection (R055). */
  readonly rounds: Sourced<number>
  /** How long the buyer has for a reply where the platform shows no time of its own (R052 names none), ms. */
  readonly wait: Sourced<number>
}

/** Half a day a round: two rounds and a rejection fit into the 48 hours that the merchant has (R088, R089). */
export const DEFAULT_NEGOTIATION: NegotiationTerms = {
  rounds: { value: 2, rule: 'R055', from: '2023-01-01' },
  wait: { value: 12 * 3_600_000, rule: 'ours', from: '2026-11-22' },
}
