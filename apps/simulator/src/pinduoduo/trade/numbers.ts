import type { Draw } from '../../random'
import { chinaDateDigits } from '../../http/wire-time'
import { EPOCH } from '../../world/numbers'
import type { NumbersSnapshot, TradeNumbers } from '../../world/trade'

export class PinduoduoNumbers implements TradeNumbers {
  private last: number

  constructor(snapshot: NumbersSnapshot = 0) {
    this.last = Number(snapshot)
  }

  /** `YYMMDD-15 digits` */
  order(now: number, draw: Draw): string {
    return `${chinaDateDigits(now)}-${draw.digits(15)}`
  }

  line(order: string, index: number): string {
    return `${order}#${index}`
  }

  goods(draw: Draw): string {
    return `${draw.between(1, 9)}${draw.digits(10)}`
  }

  /** An int below 2^53, as Pinduoduo's `id`. */
  case(now: number): string {
    this.last = Math.max((now - EPOCH) * 50, this.last + 1)
    return String(this.last)
  }

  snapshot(): NumbersSnapshot {
    return this.last
  }
}
