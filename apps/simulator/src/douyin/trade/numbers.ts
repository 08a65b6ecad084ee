import type { Draw } from '../../random'
import { EPOCH } from '../../world/numbers'
import type { NumbersSnapshot, TradeNumbers } from '../../world/trade'

/** Nineteen digits beyond 2^53 for orders and cases alike: no double holds them. */
export class DouyinNumbers implements TradeNumbers {
  private last: bigint

  constructor(snapshot: NumbersSnapshot = 0) {
    this.last = BigInt(snapshot)
  }

  order(now: number, draw: Draw): string {
    return this.next(now, draw)
  }

  /** Lines are numbered on from the order; the first line of a one-line order is the order itself. */
  line(order: string, index: number): string {
    return String(BigInt(order) + BigInt(index) * 2n)
  }

  goods(draw: Draw): string {
    return `37${draw.digits(17)}`
  }

  case(now: number, draw: Draw): string {
    return this.next(now, draw)
  }

  snapshot(): NumbersSnapshot {
    return String(this.last)
  }

  private next(now: number, draw: Draw): string {
    const wanted = 7_000_000_000_000_000_000n + BigInt(now - EPOCH) * 4_194_304n + BigInt(draw.between(1, 2_000_000))
    this.last = wanted > this.last ? wanted : this.last + 7n
    // An odd number above 2^53 is never a double: rounding it anywhere shows at once.
    if (this.last % 2n === 0n) this.last += 1n
    return String(this.last)
  }
}
