interface Waiting<T> {
  readonly items: readonly T[]
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * Joins what arrives at the same time into one write. While a write is under way newcomers gather; the next write
 * takes them all. So a lone message waits for nothing, and under load the cost of a commit is shared.
 * A failed write fails each of its callers: none is answered as if it were safe.
 */
export class MicroBatch<T> {
  private gathering: Waiting<T>[] = []
  private size = 0
  private writing = 0

  constructor(
    private readonly write: (items: T[]) => Promise<unknown>,
    private readonly limits: { readonly writers: number; readonly rows: number; readonly waiting: number },
  ) {}

  /**
   * Resolves when the items are durable. Rejects with `Overloaded` at once where too many wait already; what is too
   * much by itself is taken when nothing else waits, since it would be too much at every other time as well.
   */
  add(items: readonly T[]): Promise<void> {
    if (items.length === 0) return Promise.resolve()
    if (this.size > 0 && this.size + items.length > this.limits.waiting) return Promise.reject(new Overloaded())
    return new Promise((resolve, reject) => {
      this.size += items.length
      this.gathering.push({ items, resolve, reject })
      this.flush()
    })
  }

  private flush(): void {
    while (this.writing < this.limits.writers && this.gathering.length > 0) {
      const batch = this.take()
      this.writing += 1
      const items = batch.flatMap((entry) => entry.items)
      const ended = (settle: (entry: Waiting<T>) => void): void => {
        this.writing -= 1
        this.size -= items.length
        this.flush()
        batch.forEach(settle)
      }
      // Inside a promise, so that a write that fails before it has begun fails like any other.
      new Promise((resolve) => resolve(this.write(items))).then(
        () => ended((entry) => entry.resolve()),
        (error: unknown) => ended((entry) => entry.reject(error)),
      )
    }
  }

  private take(): Waiting<T>[] {
    let rows = 0
    let count = 0
    for (const entry of this.gathering) {
      if (count > 0 && rows + entry.items.length > this.limits.rows) break
      rows += entry.items.length
      count += 1
    }
    return this.gathering.splice(0, count)
  }
}

/** More is waiting to be written than may wait: the sender is asked to retry later (HTTP 503). */
export class Overloaded extends Error {
  constructor() {
    super('too many messages are waiting to be stored')
  }
}
