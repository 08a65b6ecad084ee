/** Limits how many tasks run at once; the others wait in order of arrival, without a timeout. */
export class Semaphore {
  private running = 0
  private readonly queue: (() => void)[] = []

  constructor(private readonly limit: number) {}

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.running >= this.limit) await new Promise<void>((resolve) => this.queue.push(resolve))
    else this.running++
    try {
      return await task()
    } finally {
      // The slot is passed on while it is still counted, so no newcomer can take it.
      const next = this.queue.shift()
      if (next === undefined) this.running--
      else next()
    }
  }
}

/**
 * How many effects a process claims and records at once, for all its stores together: each needs a connection of the
 * pool. Recording has a limit of its own, so that an answer never waits behind claims.
 */
export class EffectConcurrency {
  readonly claims = new Semaphore(2)
  readonly records = new Semaphore(4)
}
