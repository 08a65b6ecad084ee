/** Which loops of a process turn, and which one stands still: then a restart is the only help. */
export class Pulse {
  private readonly turning = new Map<string, { since: number | undefined; readonly longestMs: number }>()

  /** @param now ms of a clock that only goes forward */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** The same body, watched: a turn that takes longer than `longestMs` counts as standing still. An error ends a turn, too. */
  watched<T>(name: string, longestMs: number, body: () => Promise<T>): () => Promise<T> {
    const turn = { since: undefined as number | undefined, longestMs }
    this.turning.set(name, turn)
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
    return [...this.turning].filter(([, { since, longestMs }]) => since !== undefined && this.now() - since > longestMs).map(([name]) => name)
  }
}
