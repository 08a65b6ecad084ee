export interface MicroBatchLimits {
  /** Writes that may run at the same time. */
  readonly writers: number
  /** Items of one write; a single delivery may have more. */
  readonly rows: number
  /** Items that may wait or be written at the same time. */
  readonly waiting: number
}

interface WaitingDelivery<T> {
  readonly items: readonly T[]
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * Joins what arrives at the same time into one write. While a write is running, new items queue up; the next write
 * takes them all. So a single message does not wait, and under load the cost of a commit is shared. A failed write
 * rejects every caller of it.
 */
export class MicroBatch<T> {
  private queue: WaitingDelivery<T>[] = []
  private pendingRows = 0
  private writing = 0

  constructor(
    private readonly write: (items: T[]) => Promise<unknown>,
    private readonly limits: MicroBatchLimits,
  ) {}

  /**
   * Resolves when the items are durable. Rejects with `Overloaded` at once where too many are waiting. A delivery that
   * alone exceeds the limit is accepted when nothing else waits, since otherwise it would be refused every time.
   */
  add(items: readonly T[]): Promise<void> {
    if (items.length === 0) return Promise.resolve()
    if (this.pendingRows > 0 && this.pendingRows + items.length > this.limits.waiting)
      return Promise.reject(new Overloaded())
    return new Promise((resolve, reject) => {
      this.pendingRows += items.length
      this.queue.push({ items, resolve, reject })
      this.flush()
    })
  }

  private flush(): void {
    while (this.writing < this.limits.writers && this.queue.length > 0) {
      const deliveries = this.takeNextBatch()
      this.writing += 1
      const items = deliveries.flatMap((delivery) => delivery.items)
      const settleAll = (settle: (delivery: WaitingDelivery<T>) => void): void => {
        this.writing -= 1
        this.pendingRows -= items.length
        this.flush()
        deliveries.forEach(settle)
      }
      // Inside a promise, so that a synchronous error of `write` is handled like any other.
      new Promise((resolve) => resolve(this.write(items))).then(
        () => settleAll((delivery) => delivery.resolve()),
        (error: unknown) => settleAll((delivery) => delivery.reject(error)),
      )
    }
  }

  private takeNextBatch(): WaitingDelivery<T>[] {
    let rows = 0
    let count = 0
    for (const delivery of this.queue) {
      if (count > 0 && rows + delivery.items.length > this.limits.rows) break
      rows += delivery.items.length
      count += 1
    }
    return this.queue.splice(0, count)
  }
}

/** Too many messages are waiting to be written: the sender is asked to retry later (HTTP 503). */
export class Overloaded extends Error {
  constructor() {
    super('too many messages are waiting to be stored')
  }
}
