/**
 * Bodies up to this size may use the whole budget, larger ones three quarters of it: genuine deliveries have a few KB, so large
 * bodies cannot keep them out.
 */
const SMALL_BODY_BYTES = 65_536

/** Limits the memory for request bodies that are being read or handled, in the whole process. */
export class BodyBudget {
  private reserved = 0

  /** @param maxBytes of all bodies in memory together */
  constructor(private readonly maxBytes: number) {}

  /** Opens the account of one body. `release` may be called more than once. */
  open(): BodyAccount {
    let bodyBytes = 0
    return {
      reserve: (bytes) => {
        const limit = bodyBytes + bytes <= SMALL_BODY_BYTES ? this.maxBytes : this.maxBytes * 0.75
        if (this.reserved + bytes > limit) return false
        bodyBytes += bytes
        this.reserved += bytes
        return true
      },
      release: () => {
        this.reserved -= bodyBytes
        bodyBytes = 0
      },
    }
  }

  get reservedBytes(): number {
    return this.reserved
  }
}

export interface BodyAccount {
  /** `false`: the budget is spent, and nothing was reserved. */
  reserve(bytes: number): boolean
  release(): void
}
