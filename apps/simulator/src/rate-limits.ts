/** `times` calls in `seconds`, counted for a shop, for the app or for the whole API. */
export interface RateLimit {
  readonly scope: 'shop' | 'app' | 'api'
  readonly seconds: number
  readonly times: number
}

/** Counts calls in fixed windows of real time, as the platforms do. */
export class RateLimits {
  private readonly windows = new Map<string, { startMs: number; count: number }>()

  /** The limit that this call would break; undefined: it is counted and may go on. */
  broken(api: string, shopId: string, limits: readonly RateLimit[], nowMs = Date.now()): RateLimit | undefined {
    const entered = limits.map((limit) => ({
      limit,
      window: this.window(`${api}|${limit.scope === 'shop' ? shopId : limit.scope}|${limit.seconds}`, limit, nowMs),
    }))
    const full = entered.find(({ limit, window }) => window.count >= limit.times)
    if (full === undefined) for (const { window } of entered) window.count++
    return full?.limit
  }

  private window(key: string, limit: RateLimit, nowMs: number): { startMs: number; count: number } {
    let window = this.windows.get(key)
    if (window === undefined || nowMs - window.startMs >= limit.seconds * 1000) {
      window = { startMs: nowMs, count: 0 }
      this.windows.set(key, window)
    }
    return window
  }
}
