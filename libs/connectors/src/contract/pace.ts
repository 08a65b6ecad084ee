import { setMaxListeners } from 'node:events'
import type { Limit, Pace } from './outbound'

interface Ledger {
  /** When calls were made, oldest first; those outside the longest window are forgotten. */
  calls: number[]
  longestMs: number
  heldUntil: number
}

/** Network latency varies, so calls may arrive closer together than they left. */
const TRAVEL_MS = 25
/** No timer sleeps longer, so that none overflows and a moved clock is noticed. */
const LONGEST_PAUSE_MS = 60_000

/**
 * Keeps every limit of a marketplace before it has to refuse a call: a sliding window per key. One instance is
 * shared by all that call from this process; `clock` must be real time, since limits are.
 */
export function slidingPace(clock: () => number = Date.now): Pace {
  const ledgers = new Map<string, Ledger>()
  const ledgerOf = (key: string): Ledger => {
    const known = ledgers.get(key)
    if (known !== undefined) return known
    const fresh: Ledger = { calls: [], longestMs: 0, heldUntil: 0 }
    ledgers.set(key, fresh)
    return fresh
  }
  const freeAt = ({ key, calls, windowMs }: Limit, now: number): number => {
    const ledger = ledgerOf(key)
    const spanMs = windowMs + TRAVEL_MS
    ledger.longestMs = Math.max(ledger.longestMs, spanMs)
    while (ledger.calls[0] !== undefined && ledger.calls[0] <= now - ledger.longestMs) ledger.calls.shift()
    const oldest = ledger.calls[ledger.calls.length - calls]
    return Math.max(ledger.heldUntil, oldest === undefined ? 0 : oldest + spanMs)
  }
  return {
    async admit(limits, signal) {
      for (;;) {
        signal.throwIfAborted()
        const now = clock()
        const free = limits.reduce((latest, limit) => Math.max(latest, freeAt(limit, now)), 0)
        if (free <= now) {
          for (const limit of limits) ledgerOf(limit.key).calls.push(now)
          return
        }
        await pause(Math.min(free - now, LONGEST_PAUSE_MS), signal)
      }
    },
    hold(limits, ms) {
      const until = clock() + ms
      for (const { key } of limits) ledgerOf(key).heldUntil = Math.max(ledgerOf(key).heldUntil, until)
    },
  }
}

/** Waits, or rejects as soon as it is stopped. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
    if (signal.aborted) {
      reject(signal.reason as Error)
      return
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    // Many wait for one signal, and each removes its listener: the leak warning would be false.
    setMaxListeners(0, signal)
    signal.addEventListener('abort', stop, { once: true })
  })
}
