import type { Performed } from '#connectors'
import { failpoint } from '#event-store'
import type { SteadyClock } from './hold'
import { Hold } from './hold'

/** An effect that was claimed, as far as carrying it out needs it. */
export interface Claimed {
  readonly stream: string
  readonly intent: string
  readonly token: number
  /** The revision that was judged and the newest that is known, UTC ms. */
  readonly judged: number
  readonly seen: number
  /** When it was claimed, UTC ms of the marketplace's time. */
  readonly sentAt: number | null
}

/** Where effects are claimed and what became of them is recorded; each of the two is one transaction. */
export interface EffectBook<E extends Claimed> {
  /** The next effect, with the claim committed: from now on nobody else sends it. */
  claim(): Promise<E | undefined>
  /** `false`: another had it by then, and nothing was written. `sentAt`: when something left, UTC ms. */
  record(effect: E, performed: Performed, sentAt: number): Promise<boolean>
}

/** A code of ours: the case has changed since it was judged, so nothing was sent. */
export const CHANGED_SINCE = 'ours:case-has-changed'
/** A code of ours: the case has never shown the revision that was judged, so nothing was sent. */
export const NEVER_SHOWN = 'ours:revision-never-shown'

/**
 * Money at most once: claim, committed → look at the claim again → one send → record under the claim's token. Whoever is
 * cut off anywhere in between leaves a claim that runs out, and what it is about is in doubt; it is never sent again.
 * Answers `false` where there was nothing to do.
 */
export async function performOne<E extends Claimed>(
  book: EffectBook<E>,
  send: (effect: E, hold: Hold) => Promise<Performed>,
  steady: SteadyClock,
): Promise<boolean> {
  const since = steady()
  const effect = await book.claim()
  if (effect === undefined) return false
  failpoint('perform.claimed')
  const hold = new Hold(since, steady)
  const performed = await sentOnce(effect, send, hold)
  failpoint('perform.answered')
  await book.record(effect, performed, hold.sentAt ?? effect.sentAt ?? 0)
  failpoint('perform.recorded')
  return true
}

async function sentOnce<E extends Claimed>(
  effect: E,
  send: (effect: E, hold: Hold) => Promise<Performed>,
  hold: Hold,
): Promise<Performed> {
  // Not every marketplace checks the revision itself.
  if (effect.seen !== effect.judged)
    return { type: 'stale', code: effect.seen > effect.judged ? CHANGED_SINCE : NEVER_SHOWN }
  try {
    return await send(effect, hold)
  } catch {
    return hold.sentAt === undefined
      ? { type: 'try-later', afterMs: 1_000, why: 'a fault of ours, before anything was sent' }
      : { type: 'unknown', why: 'a fault of ours, after something was sent' }
  }
}
