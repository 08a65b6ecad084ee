/** How much the worker does at once and how often. Times in ms. */
export interface WorkerPace {
  /** Messages per transaction. */
  readonly batch: number
  /** Batches in progress at once. */
  readonly lanes: number
  readonly pullEveryMs: number
  /** How far back the first pull of a store reaches. */
  readonly backfillMs: number
}
