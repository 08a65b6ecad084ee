import type { ActionOutcome } from '#connectors'
import { failpoint } from '#event-store'
import type { MonotonicClock } from './held-claim'
import { HeldClaim } from './held-claim'

/** What carrying out a claimed effect needs of it. */
export interface ClaimedAction {
  readonly stream: string
  readonly intent: string
  readonly token: number
  /** The revision that was judged, UTC ms. */
  readonly judged: number
  /** The newest revision that is known, UTC ms. */
  readonly seen: number
  /** When it was claimed, UTC ms of the marketplace's time. */
  readonly sentAt: number | null
}

/** Where effects are claimed and their results recorded; each is one transaction. */
export interface EffectRepository<E extends ClaimedAction> {
  /** The next effect. Its claim is committed, so no other worker sends it. */
  claim(): Promise<E | undefined>
  /**
   * Returns `false`, writing nothing, if another worker has claimed it by then. `sentAt`: when something was sent, UTC ms.
   */
  record(effect: E, outcome: ActionOutcome, sentAt: number): Promise<boolean>
}

/** Our own code: the case has changed since it was judged, so nothing was sent. */
export const CASE_HAS_CHANGED = 'ours:case-has-changed'
/** Our own code: the case has never shown the revision that was judged, so nothing was sent. */
export const REVISION_NEVER_SHOWN = 'ours:revision-never-shown'

/**
 * Money moves at most once: claim and commit → check the claim again → send once → record with the claim's token. If the
 * worker dies in between, its claim expires and the effect is in doubt; it is never sent again. Returns `false` if there
 * was no action to perform.
 */
export async function performNextAction<E extends ClaimedAction>(
  effects: EffectRepository<E>,
  send: (effect: E, claim: HeldClaim) => Promise<ActionOutcome>,
  monotonic: MonotonicClock,
): Promise<boolean> {
  const claimedAt = monotonic()
  const effect = await effects.claim()
  if (effect === undefined) return false
  failpoint('perform.claimed')
  const claim = new HeldClaim(claimedAt, monotonic)
  const outcome = await sendOnce(effect, send, claim)
  failpoint('perform.answered')
  // Where nothing was sent, the time of the claim counts. Every claimed effect has one; the types allow `null`.
  await effects.record(effect, outcome, claim.sentAt ?? effect.sentAt ?? 0)
  failpoint('perform.recorded')
  return true
}

async function sendOnce<E extends ClaimedAction>(
  effect: E,
  send: (effect: E, claim: HeldClaim) => Promise<ActionOutcome>,
  claim: HeldClaim,
): Promise<ActionOutcome> {
  // Checked here because not every marketplace checks the revision itself.
  if (effect.seen !== effect.judged)
    return { type: 'stale', code: effect.seen > effect.judged ? CASE_HAS_CHANGED : REVISION_NEVER_SHOWN }
  try {
    return await send(effect, claim)
  } catch {
    return claim.sentAt === undefined
      ? { type: 'try-later', afterMs: 1_000, why: 'an error of ours, before anything was sent' }
      : { type: 'unknown', why: 'an error of ours, after something was sent' }
  }
}
