/** How much at once and how often; all times in ms of the machine. */
export interface WorkerPace {
  readonly batch: number
  readonly lanes: number
  readonly pullEveryMs: number
  readonly backfillMs: number
}
