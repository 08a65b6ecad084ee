import { setMaxListeners } from 'node:events'
import type { RateLimit, RateLimiter } from './outbound'

interface CallHistory {
  /** When calls were made, oldest first; those outside the longest window are forgotten. */
  calls: number[]
  longestMs: number
  heldUntil: number
}

/** Network latency varies, so calls may arrive closer together than they left: each window is kept longer by this time. */
const LATENCY_JITTER_MS = 25
/** No timer sleeps longer, so that none overflows and a moved clock is noticed. */
const MAX_PAUSE_MS = 60_000

/**
 * Delays calls so that the marketplace does not refuse them for its rate limits: a sliding window per key. One instance
 * is shared by all callers of a process. `clock` must be real time, since the limits are.
 */
export function slidingWindowLimiter(clock: () => number = Date.now): RateLimiter {
  const histories = new Map<string, CallHistory>()
  const historyFor = (key: string): CallHistory => {
    const known = histories.get(key)
    if (known !== undefined) return known
    const fresh: CallHistory = { calls: [], longestMs: 0, heldUntil: 0 }
    histories.set(key, fresh)
    return fresh
  }
  const earliestAllowed = ({ key, calls, windowMs }: RateLimit, now: number): number => {
    const history = historyFor(key)
    const spanMs = windowMs + LATENCY_JITTER_MS
    history.longestMs = Math.max(history.longestMs, spanMs)
    while (history.calls[0] !== undefined && history.calls[0] <= now - history.longestMs) history.calls.shift()
    const oldest = history.calls[history.calls.length - calls]
    return Math.max(history.heldUntil, oldest === undefined ? 0 : oldest + spanMs)
  }
  return {
    async admit(limits, signal) {
      for (;;) {
        signal.throwIfAborted()
        const now = clock()
        const allowedAt = limits.reduce((latest, limit) => Math.max(latest, earliestAllowed(limit, now)), 0)
        if (allowedAt <= now) {
          for (const limit of limits) historyFor(limit.key).calls.push(now)
          return
        }
        await pause(Math.min(allowedAt - now, MAX_PAUSE_MS), signal)
      }
    },
    hold(limits, ms) {
      const until = clock() + ms
      for (const { key } of limits) historyFor(key).heldUntil = Math.max(historyFor(key).heldUntil, until)
    },
  }
}

/** Waits for `ms`; rejects with the signal's reason as soon as that is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const rejectWithReason = (): void => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
    if (signal.aborted) {
      reject(signal.reason as Error)
      return
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', rejectWithReason)
      resolve()
    }, ms)
    // Many callers wait for one signal and each removes its listener, so a leak warning would be false.
    setMaxListeners(0, signal)
    signal.addEventListener('abort', rejectWithReason, { once: true })
  })
}
