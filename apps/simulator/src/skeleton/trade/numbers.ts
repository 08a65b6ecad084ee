import type { Draw } from '../../random'
import { EPOCH } from '../../world/numbers'
import type { NumbersSnapshot, TradeNumbers } from '../../world/trade'

/** Nineteen digits for orders and cases alike. */
export class SkeletonNumbers implements TradeNumbers {
  private last: bigint

  constructor(snapshot: NumbersSnapshot = 0) {
    this.last = BigInt(snapshot)
  }

  order(now: number): string {
    return this.next(now)
  }

  line(order: string, index: number): string {
    return `${order}-${index}`
  }

  goods(draw: Draw): string {
    return `${draw.between(1, 9)}${draw.digits(10)}`
  }

  case(now: number): string {
    return this.next(now)
  }

  snapshot(): NumbersSnapshot {
    return String(this.last)
  }

  private next(now: number): string {
    const wanted = 8_000_000_000_000_000_001n + BigInt(now - EPOCH) * 1_000_000n
    this.last = wanted > this.last ? wanted : this.last + 2n
    return String(this.last)
  }
}
