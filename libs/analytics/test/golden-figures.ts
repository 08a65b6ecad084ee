import type { CatalogueName } from '../src/catalogue/metrics'

/** Of a ratio `numerator/denominator`, of other metrics the value; where there is none, why. */
export type GoldenFigure = number | string

/**
 * What the four cases of `GOLDEN` add up to, counted on paper: by day from Monday the 9th to Friday the 13th of November 2026.
 * Percentiles are in the spec itself, since they have a bound.
 */
export const GOLDEN_FIGURES: readonly (readonly [CatalogueName, readonly GoldenFigure[]])[] = [
  ['cases', [0, 3, 1, 0, 0]],
  ['asked_fen', [0, 21_000, 2_000, 0, 0]],
  ['refunded_fen', [0, 10_000, 0, 5_000, 0]],
  ['refunded_month_to_date_fen', [0, 10_000, 10_000, 15_000, 15_000]],
  ['refunded_of_asked', ['no-denominator', '10000/10000', 'no-denominator', '5000/8000', 'no-denominator']],
  ['net_refunded_fen', [0, 10_000, 0, 5_000, 0]],
  ['dispute_refund_count', [0, 0, 0, 1, 0]],
  ['dispute_refund_rate', ['no-denominator', '0/3', '0/4', '1/4', '1/4']],
  ['intervention_rate', ['no-denominator', '1/3', 'no-denominator', 'no-denominator', 'no-denominator']],
  ['reject_then_intervention_rate', ['no-denominator', '1/1', 'no-denominator', 'no-denominator', 'no-denominator']],
  ['quality_return_rate', ['no-denominator', '1/1', '0/1', 'no-denominator', 'no-denominator']],
  ['auto_decided_share', ['no-denominator', '1/2', 'no-denominator', 'no-denominator', 'no-denominator']],
  ['strategy_actions', [0, 1, 0, 0, 0]],
  ['strategy_cost_fen', [0, 10_000, 0, 0, 0]],
  ['strategy_effective_share', ['no-denominator', '1/1', 'no-denominator', 'no-denominator', 'no-denominator']],
  ['strategy_overruled_share', ['no-denominator', '0/1', 'no-denominator', 'no-denominator', 'no-denominator']],
  ['breached_deadlines', [0, 0, 0, 1, 0]],
  ['timeout_refund_count', [0, 0, 0, 1, 0]],
  ['timeout_refund_rate', ['no-denominator', '0/1', 'no-denominator', '1/2', 'no-denominator']],
  ['timeout_refund_fen', [0, 0, 0, 0, 0]],
  ['timeout_refund_estimated_fen', [0, 0, 0, 3_000, 0]],
  ['small_payment_fen', [0, 0, 0, 0, 0]],
  ['appeals_decided', [0, 0, 0, 0, 0]],
  ['appeal_win_rate', Array.from({ length: 5 }, () => 'no-denominator')],
  ['recovered_fen', [0, 0, 0, 0, 0]],
]

/** What the three cases of `GOLDEN_OCTOBER` add up to: by day from Monday the 5th to Friday the 9th of October 2026. */
export const GOLDEN_OCTOBER_FIGURES: readonly (readonly [CatalogueName, readonly GoldenFigure[]])[] = [
  ['cases', [1, 1, 1, 0, 0]],
  ['asked_fen', [6_000, 3_000, 2_000, 0, 0]],
  ['refunded_fen', [0, 6_000, 0, 3_000, 0]],
  ['refunded_month_to_date_fen', [0, 6_000, 6_000, 9_000, 9_000]],
  ['refunded_of_asked', ['no-denominator', '6000/6000', 'no-denominator', '3000/3000', 'no-denominator']],
  ['small_payment_fen', [0, 0, 500, 0, 0]],
  ['appeals_decided', [0, 0, 0, 1, 0]],
  ['appeal_win_rate', ['no-denominator', 'no-denominator', 'no-denominator', '1/1', 'no-denominator']],
  ['recovered_fen', [0, 0, 0, 2_500, 0]],
  // 30.00 refunded minus 25.00 that came back.
  ['net_refunded_fen', [0, 6_000, 0, 500, 0]],
  ['breached_deadlines', [0, 0, 0, 1, 0]],
  ['timeout_refund_count', [0, 0, 0, 1, 0]],
  ['timeout_refund_rate', ['no-denominator', '0/1', 'no-denominator', '1/1', 'no-denominator']],
  ['timeout_refund_fen', [0, 0, 0, 3_000, 0]],
  ['timeout_refund_estimated_fen', [0, 0, 0, 0, 0]],
  ['dispute_refund_count', [0, 1, 0, 0, 0]],
]
