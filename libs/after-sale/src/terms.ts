/**
 * Numbers of the trade that apply only where the platform itself gives none. Each has its source and the day from which
 * it applies; durations are milliseconds.
 */
export interface TermsOfTrade {
  /** R088 (Pinduoduo), R168 (Douyin store): the merchant answers within 48 hours. */
  readonly sellerResponse: number
  /** R125: 48 hours for evidence, then closed. */
  readonly evidence: number
  /** R113: money arrives within 24 hours of approval. */
  readonly refundArrival: number
  /** How long after sending a call can still take effect: longer than any connection and any late answer; ours. */
  readonly settle: number
  /** How long an action may be in doubt before it is shown to a person; ours. */
  readonly doubtShown: number
  /** How long the marketplace may take to show what was done or accepted before a person must check; ours. */
  readonly attestation: number
  /** How often a case that waits for the platform's money is checked again; ours, not the trade's. */
  readonly recheck: number
}

const HOUR = 3_600_000

/** The defaults. `settle` is 90 s, `doubtShown` a minute, `recheck` 15 minutes. */
export const DEFAULT_TERMS: TermsOfTrade = {
  sellerResponse: 48 * HOUR,
  evidence: 48 * HOUR,
  refundArrival: 24 * HOUR,
  settle: HOUR / 40,
  doubtShown: HOUR / 60,
  attestation: 24 * HOUR,
  recheck: HOUR / 4,
}

/** Where the numbers above come from, for explanations shown to people. */
export const TERM_SOURCES: Readonly<Record<keyof TermsOfTrade, { readonly rule: string; readonly from: string }>> = {
  sellerResponse: { rule: 'R088, R168', from: '2023-01-01' },
  evidence: { rule: 'R125', from: '2023-01-01' },
  refundArrival: { rule: 'R113', from: '2023-01-01' },
  settle: { rule: 'ours', from: '2026-11-22' },
  doubtShown: { rule: 'ours', from: '2026-11-22' },
  attestation: { rule: 'ours', from: '2026-11-22' },
  recheck: { rule: 'ours', from: '2026-11-22' },
}
