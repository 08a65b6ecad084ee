/** Lets so many through at once; the others wait in line, without a connection in hand and without giving up. */
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
      // The place goes straight to the next in line.
      const next = this.line.shift()
      if (next === undefined) this.inside--
      else next()
    }
  }
}

/**
 * What a process does to effects at once, however many stores it works for. To record goes by a line of its own: an
 * answer that is here must not wait behind claims of what is not sent yet.
 */
export class Turnstiles {
  readonly claims = new Turnstile(2)
  readonly records = new Turnstile(4)
}
