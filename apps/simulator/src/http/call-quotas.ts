/** At most `calls` in `seconds`, counted for a shop, for the app or for the whole API. */
export interface CallQuota {
  readonly scope: 'shop' | 'app' | 'api'
  readonly seconds: number
  readonly calls: number
}

/** Counts calls in fixed windows of real time, as the platforms do. */
export class CallQuotas {
  private readonly windows = new Map<string, { startMs: number; count: number }>()

  /** The quota that this call would exceed; undefined: none, and the call is counted. */
  exceeded(api: string, shopId: string, quotas: readonly CallQuota[], nowMs = Date.now()): CallQuota | undefined {
    const counters = quotas.map((quota) => ({
      quota,
      window: this.window(`${api}|${quota.scope === 'shop' ? shopId : quota.scope}|${quota.seconds}`, quota, nowMs),
    }))
    const full = counters.find(({ quota, window }) => window.count >= quota.calls)
    if (full === undefined) for (const { window } of counters) window.count++
    return full?.quota
  }

  private window(key: string, quota: CallQuota, nowMs: number): { startMs: number; count: number } {
    let window = this.windows.get(key)
    if (window === undefined || nowMs - window.startMs >= quota.seconds * 1000) {
      window = { startMs: nowMs, count: 0 }
      this.windows.set(key, window)
    }
    return window
  }
}
