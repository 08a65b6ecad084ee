/** Limits concurrency; the others wait in line, without holding a connection and without a timeout. */
export class Turnstile {
  private inside = 0
  private readonly line: (() => void)[] = []

  constructor(private readonly most: number) {}

  async through<T>(work: () => Promise<T>): Promise<T> {
    if (this.inside >= this.most) await new Promise<void>((resolve) => this.line.push(resolve))
    else this.inside++
    try {
      return await work()
    } finally {
      // The slot goes straight to the next in line.
      const next = this.line.shift()
      if (next === undefined) this.inside--
      else next()
    }
  }
}

/**
 * How many effects a process claims and records at once, however many stores it works for. Recording has a line of its
 * own: an answer must not wait behind claims.
 */
export class Turnstiles {
  readonly claims = new Turnstile(2)
  readonly records = new Turnstile(4)
}
