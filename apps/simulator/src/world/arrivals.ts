import type { World } from './world'

/**
 * Buyers who keep applying, in real time: moving the trade's clock by two days brings deadlines forward, not two days' worth of
 * new cases at once.
 */
export class Arrivals {
  private perMinute = 0
  private timer: NodeJS.Timeout | undefined

  constructor(private readonly world: World) {}

  get applicationsPerMinute(): number {
    return this.perMinute
  }

  /** Applications a minute; 0 stops them. */
  setPace(perMinute: number): void {
    if (!(perMinute >= 0 && perMinute <= 60_000))
      throw new RangeError('applicationsPerMinute must be a number from 0 to 60000')
    this.perMinute = perMinute
    clearInterval(this.timer)
    if (perMinute === 0) return
    const everyMs = Math.max(20, 60_000 / perMinute)
    let owed = 0
    this.timer = setInterval(() => {
      owed += (everyMs * this.perMinute) / 60_000
      for (; owed >= 0.999; owed--) this.world.apply()
    }, everyMs)
    this.timer.unref()
  }

  stop(): void {
    clearInterval(this.timer)
  }
}
