import type { CallContext } from '#connectors'
import { failpoint } from '#event-store'

/** How long a claim is good for. Whoever finds one that is older, and unanswered, takes it for a doubt. */
export const LEASE_MS = 25_000
/** A call is not begun unless it can end within the claim: longer than any connector waits for an answer. */
const CALL_MS = 12_000
/** From here on an answer would come too late to be recorded. */
const LAST_MS = LEASE_MS - 1_000

/** Time that only runs forward, ms. */
export interface SteadyClock {
  (): number
}

/**
 * A claim in the hand of one worker. It is looked at again at the last moment before anything leaves this machine, after
 * every wait: a worker that was stopped, or had to wait for the marketplace's pace, does not send once its time is over.
 */
export class Hold {
  /** When something left, UTC ms of the marketplace's time; `undefined`: nothing has. */
  sentAt: number | undefined

  /** @param since when the claim was asked for, by `steady` */
  constructor(
    private readonly since: number,
    private readonly steady: SteadyClock,
  ) {}

  /** Whether a call may still be begun. */
  isGood(): boolean {
    return this.steady() - this.since < LEASE_MS - CALL_MS
  }

  /** Says that a call goes out now, or that none may; answers which. */
  sending(now: number): boolean {
    if (!this.isGood()) return false
    this.sentAt = now
    return true
  }

  /**
   * The world as a connector may see it while it acts: its pace lets a call through only while the claim is good, and what
   * is under way ends with the claim. A worker that is told to stop begins nothing, and finishes what it has begun.
   */
  async within<T>(ctx: CallContext, work: (ctx: CallContext) => Promise<T>): Promise<T> {
    const ours = new AbortController()
    const over = (): void => ours.abort(new Error('the claim is over'))
    const stop = (): void => {
      if (this.sentAt === undefined) over()
    }
    const timer = setTimeout(over, Math.max(0, LAST_MS - (this.steady() - this.since)))
    ctx.signal.addEventListener('abort', stop, { once: true })
    const admit: CallContext['pace']['admit'] = async (limits) => {
      await ctx.pace.admit(limits, ours.signal)
      failpoint('perform.sending')
      if (!ctx.signal.aborted && this.sending(ctx.now())) return
      // The connector must know that nothing has left: its signal says so.
      over()
      throw new Error('the claim is over')
    }
    const hold: CallContext['pace']['hold'] = (limits, ms) => ctx.pace.hold(limits, ms)
    try {
      const { handingOut } = ctx
      return await work({
        now: () => ctx.now(),
        signal: ours.signal,
        pace: { admit, hold },
        ...(handingOut === undefined ? {} : { handingOut }),
      })
    } finally {
      clearTimeout(timer)
      ctx.signal.removeEventListener('abort', stop)
    }
  }
}
