/**
 * Numbers of the trade that count only where the platform itself says nothing. Each has its source and the day from
 * which it counts; `durations` are milliseconds.
 */
export interface TermsOfTrade {
  /** R088 (Pinduoduo), R168 (Douyin store): the merchant answers within 48 hours. */
  readonly sellerResponse: number
  /** R125: 48 hours for evidence, then closed. */
  readonly evidence: number
  /** R113: money arrives within 24 hours of approval. */
  readonly refundArrival: number
  /** How often a case that waits for the platform's money is looked at again; ours, not the trade's. */
  readonly recheck: number
}

const HOUR = 3_600_000

export const DEFAULT_TERMS: TermsOfTrade = {
  sellerResponse: 48 * HOUR,
  evidence: 48 * HOUR,
  refundArrival: 24 * HOUR,
  recheck: HOUR / 4,
}

/** Where the numbers above come from, for the explanation that a person reads. */
export const TERM_SOURCES: Readonly<Record<keyof TermsOfTrade, { readonly rule: string; readonly from: string }>> = {
  sellerResponse: { rule: 'R088, R168', from: '2023-01-01' },
  evidence: { rule: 'R125', from: '2023-01-01' },
  refundArrival: { rule: 'R113', from: '2023-01-01' },
  recheck: { rule: 'ours', from: '2026-11-22' },
}
