/** Limits concurrency; the others wait in line, without holding a connection and without a timeout. */
export class Semaphore {
  private running = 0
  private readonly queue: (() => void)[] = []

  constructor(private readonly limit: number) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.limit) await new Promise<void>((resolve) => this.queue.push(resolve))
    else this.running++
    try {
      return await work()
    } finally {
      // The slot goes straight to the next in line.
      const next = this.queue.shift()
      if (next === undefined) this.running--
      else next()
    }
  }
}

/**
 * How many effects a process claims and records at once, however many stores it works for. Recording has a line of its
 * own: an answer must not wait behind claims.
 */
export class EffectConcurrency {
  readonly claims = new Semaphore(2)
  readonly records = new Semaphore(4)
}
