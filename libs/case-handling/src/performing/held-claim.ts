import type { CallContext } from '#connectors'
import { failpoint } from '#event-store'

/** How long a claim is valid: two longest calls. An effect without an answer after that time is in doubt. */
export const LEASE_MS = 25_000
/** A call starts only if it can end within the claim. No connector waits longer than this for an answer. */
const LONGEST_CALL_MS = 12_000
/** A running call is aborted a second before the claim expires, so that its outcome can still be recorded. */
const ABORT_AFTER_MS = LEASE_MS - 1_000

/** Returns monotonic time in ms; unlike the wall clock, it is never set back. */
export interface MonotonicClock {
  (): number
}

/**
 * One worker's claim of an effect. The claim is checked immediately before each call, after all waiting: a worker that
 * was suspended or waited for the rate limit sends nothing once its claim has expired.
 */
export class HeldClaim {
  /** When something was sent, UTC ms of the marketplace's time; `undefined` if nothing was. */
  sentAt: number | undefined

  /** @param claimedAt when the claim was requested, in the time of `monotonic` */
  constructor(
    private readonly claimedAt: number,
    private readonly monotonic: MonotonicClock,
  ) {}

  /** Whether a call may still start. */
  mayStillSend(): boolean {
    return this.monotonic() - this.claimedAt < LEASE_MS - LONGEST_CALL_MS
  }

  /** Records that a call is sent at `now`, if it may still start; returns whether it may. */
  markSending(now: number): boolean {
    if (!this.mayStillSend()) return false
    this.sentAt = now
    return true
  }

  /**
   * Runs a connector with a context that is bound to this claim: the rate limiter admits a call only while the claim is
   * valid, and a running call is aborted when the claim ends. A worker that is shutting down starts no call but finishes
   * the one it has started.
   */
  async runWithin<T>(ctx: CallContext, callMarketplace: (ctx: CallContext) => Promise<T>): Promise<T> {
    const calls = new AbortController()
    const abortCalls = (): void => calls.abort(new Error('the claim is over'))
    const abortIfNothingSent = (): void => {
      if (this.sentAt === undefined) abortCalls()
    }
    const timer = setTimeout(abortCalls, Math.max(0, ABORT_AFTER_MS - (this.monotonic() - this.claimedAt)))
    ctx.signal.addEventListener('abort', abortIfNothingSent, { once: true })
    const admit: CallContext['rateLimiter']['admit'] = async (limits) => {
      await ctx.rateLimiter.admit(limits, calls.signal)
      failpoint('perform.sending')
      if (!ctx.signal.aborted && this.markSending(ctx.now())) return
      // The connector sees the aborted signal and knows that nothing was sent.
      abortCalls()
      throw new Error('the claim is over')
    }
    const hold: CallContext['rateLimiter']['hold'] = (limits, ms) => ctx.rateLimiter.hold(limits, ms)
    try {
      const { adapterPublisher } = ctx
      return await callMarketplace({
        now: () => ctx.now(),
        signal: calls.signal,
        rateLimiter: { admit, hold },
        ...(adapterPublisher === undefined ? {} : { adapterPublisher }),
      })
    } finally {
      clearTimeout(timer)
      ctx.signal.removeEventListener('abort', abortIfNothingSent)
    }
  }
}
