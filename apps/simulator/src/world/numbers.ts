import type { Draw } from '../random'
import { chinaDateDigits } from '../wire-time'

/** 1 September 2020, when the counters of this little world began. */
const EPOCH = 1_598_889_600_000

/**
 * Numbers in the marketplaces' own shapes. They grow with the simulated time, so that a simulator started afresh does not hand out
 * numbers that an earlier one has already used.
 */
export class Numbers {
  constructor(
    private lastPinduoduo = 0,
    private lastDouyin = 0n,
  ) {}

  /** An int below 2^53, as Pinduoduo's `id`. */
  pinduoduoCase(now: number): string {
    this.lastPinduoduo = Math.max((now - EPOCH) * 50, this.lastPinduoduo + 1)
    return String(this.lastPinduoduo)
  }

  /** `YYMMDD-15 digits` */
  pinduoduoOrder(now: number, draw: Draw): string {
    return `${chinaDateDigits(now)}-${draw.digits(15)}`
  }

  /** Nineteen digits beyond 2^53: no double holds them. */
  douyin(now: number, draw: Draw): string {
    const wanted = 7_000_000_000_000_000_000n + BigInt(now - EPOCH) * 4_194_304n + BigInt(draw.between(1, 2_000_000))
    this.lastDouyin = wanted > this.lastDouyin ? wanted : this.lastDouyin + 7n
    // An odd number above 2^53 is never a double: rounding it anywhere shows at once.
    if (this.lastDouyin % 2n === 0n) this.lastDouyin += 1n
    return String(this.lastDouyin)
  }

  snapshot(): { pinduoduo: number; douyin: string } {
    return { pinduoduo: this.lastPinduoduo, douyin: String(this.lastDouyin) }
  }
}
