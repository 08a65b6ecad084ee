interface LoopRun {
  readonly name: string
  readonly longestMs: number
  since: number | undefined
}

/** Detects loops of a process that are stuck in one run: then only a restart helps. */
export class LoopWatchdog {
  private readonly runs: LoopRun[] = []

  /** @param now ms of a clock that only goes forward */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** The same body, watched: a run that takes longer than `longestMs` counts as stalled. An error ends a run, too. */
  watched<T>(name: string, longestMs: number, body: () => Promise<T>): () => Promise<T> {
    const turn: LoopRun = { name, longestMs, since: undefined }
    this.runs.push(turn)
    return async () => {
      turn.since = this.now()
      try {
        return await body()
      } finally {
        turn.since = undefined
      }
    }
  }

  /** The names of the loops whose current run takes too long. */
  stalled(): string[] {
    return this.runs
      .filter(({ since, longestMs }) => since !== undefined && this.now() - since > longestMs)
      .map(({ name }) => name)
  }
}
