interface LoopRun {
  readonly name: string
  readonly maxRunMs: number
  startedAt: number | undefined
}

/** Detects loops of a process that are stuck in one run: then only a restart helps. */
export class LoopWatchdog {
  private readonly runs: LoopRun[] = []

  /** @param now ms of a clock that only goes forward */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Wraps a loop's body: a run that takes longer than `maxRunMs` counts as stalled. An error ends a run, too. */
  watch<T>(name: string, maxRunMs: number, body: () => Promise<T>): () => Promise<T> {
    const run: LoopRun = { name, maxRunMs, startedAt: undefined }
    this.runs.push(run)
    return async () => {
      run.startedAt = this.now()
      try {
        return await body()
      } finally {
        run.startedAt = undefined
      }
    }
  }

  /** The names of the loops whose current run takes too long. */
  stalled(): string[] {
    return this.runs
      .filter(({ startedAt, maxRunMs }) => startedAt !== undefined && this.now() - startedAt > maxRunMs)
      .map(({ name }) => name)
  }
}
