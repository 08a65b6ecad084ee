interface Turn {
  readonly name: string
  readonly longestMs: number
  since: number | undefined
}

/** Which loops of a process turn, and which one stands still: then a restart is the only help. */
export class Pulse {
  private readonly turns: Turn[] = []

  /** @param now ms of a clock that only goes forward */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** The same body, watched: a turn that takes longer than `longestMs` counts as standing still. An error ends a turn, too. */
  watched<T>(name: string, longestMs: number, body: () => Promise<T>): () => Promise<T> {
    const turn: Turn = { name, longestMs, since: undefined }
    this.turns.push(turn)
    return async () => {
      turn.since = this.now()
      try {
        return await body()
      } finally {
        turn.since = undefined
      }
    }
  }

  /** The names of the loops whose turn has been under way for too long. */
  standing(): string[] {
    return this.turns
      .filter(({ since, longestMs }) => since !== undefined && this.now() - since > longestMs)
      .map(({ name }) => name)
  }
}
