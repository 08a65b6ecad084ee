import type { Sourced } from '../sourced'
import { DEFAULT_TERMS } from '../terms'

/** Numbers about evidence: settings of a store, each with its source. Times in ms, sides in pixels. */
export interface EvidenceTerms {
  /** How long evidence is accepted where the platform names no time of its own (R125). */
  readonly window: Sourced<number>
  /** The shorter side of a picture or video that a reviewer can still read (R143). */
  readonly leastSide: Sourced<number>
  /** From what age on a piece raises doubts. */
  readonly oldest: Sourced<number>
  /** How long after the end of a case an appeal may still ask for its evidence. */
  readonly afterEnd: Sourced<number>
  /** How much longer than the last possible deadline evidence is kept. */
  readonly margin: Sourced<number>
}

const DAY = 86_400_000

export const DEFAULT_EVIDENCE_TERMS: EvidenceTerms = {
  window: { value: DEFAULT_TERMS.evidence, rule: 'R125', from: '2023-01-01' },
  leastSide: { value: 480, rule: 'ours', from: '2026-11-22' },
  oldest: { value: 90 * DAY, rule: 'ours', from: '2026-11-22' },
  // No marketplace documents how late an appeal may be filed: half a year is longer than any reported case.
  afterEnd: { value: 180 * DAY, rule: 'ours', from: '2026-11-22' },
  margin: { value: 30 * DAY, rule: 'ours', from: '2026-11-22' },
}
