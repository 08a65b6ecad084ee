import type { ActionOutcome } from '#connectors'
import { failpoint } from '#event-store'
import type { MonotonicClock } from './held-claim'
import { HeldClaim } from './held-claim'

/** A claimed effect, as far as needed to carry it out. */
export interface ClaimedAction {
  readonly stream: string
  readonly intent: string
  readonly token: number
  /** The revision that was judged and the newest that is known, UTC ms. */
  readonly judged: number
  readonly seen: number
  /** When it was claimed, UTC ms of the marketplace's time. */
  readonly sentAt: number | null
}

/** Where effects are claimed and their results recorded; each is one transaction. */
export interface EffectRepository<E extends ClaimedAction> {
  /** The next effect, with the claim committed: from now on no other worker sends it. */
  claim(): Promise<E | undefined>
  /**
   * `false`: another worker had claimed it by then, and nothing was written. `sentAt`: when something was sent, UTC ms.
   */
  record(effect: E, performed: ActionOutcome, sentAt: number): Promise<boolean>
}

/** A code of ours: the case has changed since it was judged, so nothing was sent. */
export const CHANGED_SINCE = 'ours:case-has-changed'
/** A code of ours: the case has never shown the revision that was judged, so nothing was sent. */
export const NEVER_SHOWN = 'ours:revision-never-shown'

/**
 * Money at most once: claim, committed → check the claim again → one send → record under the claim's token. A worker
 * that dies anywhere in between leaves a claim that expires, and its effect is in doubt; it is never sent again.
 * Returns `false` where there was nothing to do.
 */
export async function performOne<E extends ClaimedAction>(
  effects: EffectRepository<E>,
  send: (effect: E, claim: HeldClaim) => Promise<ActionOutcome>,
  monotonic: MonotonicClock,
): Promise<boolean> {
  const claimedAt = monotonic()
  const effect = await effects.claim()
  if (effect === undefined) return false
  failpoint('perform.claimed')
  const claim = new HeldClaim(claimedAt, monotonic)
  const performed = await sendOnce(effect, send, claim)
  failpoint('perform.answered')
  await effects.record(effect, performed, claim.sentAt ?? effect.sentAt ?? 0)
  failpoint('perform.recorded')
  return true
}

async function sendOnce<E extends ClaimedAction>(
  effect: E,
  send: (effect: E, claim: HeldClaim) => Promise<ActionOutcome>,
  claim: HeldClaim,
): Promise<ActionOutcome> {
  // Not every marketplace checks the revision itself.
  if (effect.seen !== effect.judged)
    return { type: 'stale', code: effect.seen > effect.judged ? CHANGED_SINCE : NEVER_SHOWN }
  try {
    return await send(effect, claim)
  } catch {
    return claim.sentAt === undefined
      ? { type: 'try-later', afterMs: 1_000, why: 'an error of ours, before anything was sent' }
      : { type: 'unknown', why: 'an error of ours, after something was sent' }
  }
}
