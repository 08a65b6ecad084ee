import type { CallContext } from '#connectors'
import { failpoint } from '#event-store'

/** How long a claim is valid. An older unanswered claim means that the effect is in doubt. */
export const LEASE_MS = 25_000
/** A call only starts if it can end within the claim: longer than any connector waits for an answer. */
const LONGEST_CALL_MS = 12_000
/** After this an answer would be too late to be recorded. */
const ABORT_AFTER_MS = LEASE_MS - 1_000

/** Monotonic time, ms. */
export interface MonotonicClock {
  (): number
}

/**
 * A claim held by one worker. It is checked again at the last moment before anything leaves this machine, after every
 * wait: a worker that was suspended, or had to wait for the marketplace's rate limit, does not send once its claim has
 * expired.
 */
export class HeldClaim {
  /** When something was sent, UTC ms of the marketplace's time; `undefined`: nothing was. */
  sentAt: number | undefined

  /** @param claimedAt when the claim was requested, by `monotonic` */
  constructor(
    private readonly claimedAt: number,
    private readonly monotonic: MonotonicClock,
  ) {}

  /** Whether a call may still start. */
  mayStillSend(): boolean {
    return this.monotonic() - this.claimedAt < LEASE_MS - LONGEST_CALL_MS
  }

  /** Records that a call is sent now, if it still may be; returns whether it may. */
  markSending(now: number): boolean {
    if (!this.mayStillSend()) return false
    this.sentAt = now
    return true
  }

  /**
   * The context for a connector while it performs: its rate limiter admits a call only while the claim is valid, and a running
   * call is aborted when the claim ends. A worker that is shutting down starts nothing, and finishes what it has
   * started.
   */
  async within<T>(ctx: CallContext, work: (ctx: CallContext) => Promise<T>): Promise<T> {
    const calls = new AbortController()
    const abortCalls = (): void => calls.abort(new Error('the claim is over'))
    const stop = (): void => {
      if (this.sentAt === undefined) abortCalls()
    }
    const timer = setTimeout(abortCalls, Math.max(0, ABORT_AFTER_MS - (this.monotonic() - this.claimedAt)))
    ctx.signal.addEventListener('abort', stop, { once: true })
    const admit: CallContext['rateLimiter']['admit'] = async (limits) => {
      await ctx.rateLimiter.admit(limits, calls.signal)
      failpoint('perform.sending')
      if (!ctx.signal.aborted && this.markSending(ctx.now())) return
      // The connector must know that nothing was sent: its signal says so.
      abortCalls()
      throw new Error('the claim is over')
    }
    const hold: CallContext['rateLimiter']['hold'] = (limits, ms) => ctx.rateLimiter.hold(limits, ms)
    try {
      const { adapterPublisher } = ctx
      return await work({
        now: () => ctx.now(),
        signal: calls.signal,
        rateLimiter: { admit, hold },
        ...(adapterPublisher === undefined ? {} : { adapterPublisher }),
      })
    } finally {
      clearTimeout(timer)
      ctx.signal.removeEventListener('abort', stop)
    }
  }
}
