/**
 * The life of one effect, as pure steps: what happens to its row when it is claimed, answered, abandoned or withdrawn.
 * Both the table and the simulation of the tests use these functions, so what is proved is what runs. Times are ms of the
 * database's own clock unless said otherwise.
 *
 * ```
 * ready ──claim──▶ sent ──answered──▶ ended
 *   ▲               │ │
 *   └──certainly────┘ └──lease over, no answer──▶ ended, in doubt ──answered late──▶ ended
 *      not done
 * ```
 */
export type EffectState = 'ready' | 'sent' | 'ended' | 'by-hand'

export interface EffectLife {
  readonly state: EffectState
  /** The fencing token of the newest claim; 0: never claimed. */
  readonly token: number
  /** How often it was claimed. */
  readonly attempts: number
  /** It is not claimed before this time. */
  readonly notBefore: number
  /** When the claim expires; `null`: it is not claimed. */
  readonly leaseUntil: number | null
  /** When it was claimed, UTC ms of the marketplace's time. */
  readonly sentAt: number | null
  /** How it ended: `IN_DOUBT`, `GAVE_UP`, `withdrawn`, or the caller's own word; `null`: it has not ended. */
  readonly endedAs: string | null
}

/** How a call ended: finally; certainly not carried out and to be retried; or handed to an adapter that answers later. */
export type CallResult =
  | { readonly type: 'ended'; readonly as: string }
  | { readonly type: 'later'; readonly afterMs: number }
  | { readonly type: 'awaited'; readonly forMs: number }

export interface Claim {
  readonly token: number
  readonly at: number
  readonly leaseMs: number
  /** UTC ms of the marketplace's time. */
  readonly sentAt: number
}

/**
 * How often a call that was certainly not carried out is attempted before it becomes a task for a person: with the delays
 * below, for about 34 minutes.
 */
export const MAX_ATTEMPTS = 40
const FIRST_RETRY_DELAY_MS = 500
const MAX_RETRY_DELAY_MS = 60_000

export interface EffectSteps {
  /** `undefined`: not ready now. */
  claimed(life: EffectLife, claim: Claim): EffectLife | undefined
  /** `undefined`: the answer is not from the current claim; nothing may be written. */
  answered(life: EffectLife, token: number, result: CallResult, at: number): EffectLife | undefined
  /** Late answer from the claim's holder, when it is in doubt already. `undefined`: another holder, or not in doubt. */
  answeredLate(life: EffectLife, token: number, result: CallResult): EffectLife | undefined
  /** Its claim expired without an answer: unknown whether it was carried out. `undefined`: not expired. */
  abandoned(life: EffectLife, at: number): EffectLife | undefined
  /** It was not sent and will not be. `undefined`: too late. */
  withdrawn(life: EffectLife): EffectLife | undefined
}

export const effectSteps: EffectSteps = {
  claimed(life, { token, at, leaseMs, sentAt }) {
    if (life.state !== 'ready' || life.notBefore > at) return undefined
    return { ...life, state: 'sent', token, attempts: life.attempts + 1, leaseUntil: at + leaseMs, sentAt }
  },

  answered(life, token, result, at) {
    if (life.state !== 'sent' || life.token !== token) return undefined
    if (result.type === 'ended') return ended(life, result.as)
    // Still sent, under the same token. The answer is expected until then; afterwards the effect is in doubt.
    if (result.type === 'awaited') return { ...life, leaseUntil: at + result.forMs }
    if (life.attempts >= MAX_ATTEMPTS) return ended(life, GAVE_UP)
    // Doubled at every attempt. The exponent is bounded, so that the product stays a finite number.
    const retryDelayMs = Math.min(MAX_RETRY_DELAY_MS, FIRST_RETRY_DELAY_MS * 2 ** Math.min(life.attempts - 1, 10))
    return { ...life, state: 'ready', leaseUntil: null, notBefore: at + Math.max(result.afterMs, retryDelayMs) }
  },

  answeredLate(life, token, result) {
    if (life.state !== 'ended' || life.endedAs !== IN_DOUBT || life.token !== token) return undefined
    if (result.type === 'awaited' || (result.type === 'ended' && result.as === IN_DOUBT)) return undefined
    // It was certainly not carried out; but an effect that was in doubt once is never sent again.
    return ended(life, result.type === 'later' ? GAVE_UP : result.as)
  },

  abandoned(life, at) {
    if (life.state !== 'sent' || life.leaseUntil === null || life.leaseUntil > at) return undefined
    return ended(life, IN_DOUBT)
  },

  withdrawn: (life) => (life.state === 'ready' || life.state === 'by-hand' ? ended(life, 'withdrawn') : undefined),
}

/** The end of an effect that may or may not have been carried out. */
export const IN_DOUBT = 'in-doubt'
/** The end of an effect that could not be sent in `MAX_ATTEMPTS` attempts. */
export const GAVE_UP = 'gave-up'

const ended = (life: EffectLife, as: string): EffectLife => ({ ...life, state: 'ended', leaseUntil: null, endedAs: as })
