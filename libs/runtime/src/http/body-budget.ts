/** A body up to here may use the last quarter of the budget, too: genuine deliveries are a few KB, so large ones cannot crowd them out. */
const SMALL_BODY = 65_536

/** Counts the bytes of bodies that are being read or handled, in the whole process. */
export class BodyBudget {
  private inHand = 0

  /** `most`: what all bodies in hand may have together, bytes. */
  constructor(private readonly most: number) {}

  /** Opens the account of one body. `release` may be called more than once. */
  open(): BodyAccount {
    let held = 0
    return {
      take: (bytes) => {
        const limit = held + bytes <= SMALL_BODY ? this.most : this.most * 0.75
        if (this.inHand + bytes > limit) return false
        held += bytes
        this.inHand += bytes
        return true
      },
      release: () => {
        this.inHand -= held
        held = 0
      },
    }
  }

  get bytesInHand(): number {
    return this.inHand
  }
}

export interface BodyAccount {
  /** `false`: the budget is spent; nothing was booked. */
  take(bytes: number): boolean
  release(): void
}
