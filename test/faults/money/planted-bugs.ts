import type { TermsOfTrade } from '#after-sale'
import { DEFAULT_TERMS } from '#after-sale'
import type { EffectLife, EffectSteps } from '#event-store'
import { IN_DOUBT, effectSteps } from '#event-store'

/**
 * The safeguards a simulated run uses: the real ones, or the real ones with one bug planted. A test that cannot find a
 * planted bug proves nothing.
 */
export interface Safeguards {
  readonly steps: EffectSteps
  readonly terms: TermsOfTrade
  /** Whether the claim is committed before anything is sent. */
  readonly commitsClaimFirst: boolean
  /** Whether the claim is checked again right before the call. */
  readonly rechecksClaim: boolean
  /** Whether an action may be withdrawn only if its effect could be cancelled first. */
  readonly cancelsEffectFirst: boolean
}

export const allSafeguards: Safeguards = {
  steps: effectSteps,
  terms: DEFAULT_TERMS,
  commitsClaimFirst: true,
  rechecksClaim: true,
  cancelsEffectFirst: true,
}

const makeReady = (life: EffectLife): EffectLife => ({ ...life, state: 'ready', leaseUntil: null, endedAs: null })

/** Bugs known from other systems, one per entry. */
export const plantedBugs: Readonly<Record<string, Safeguards>> = {
  'an effect in doubt is sent again': {
    ...allSafeguards,
    steps: {
      ...effectSteps,
      answered(life, token, end, at) {
        const after = effectSteps.answered(life, token, end, at)
        return after?.endedAs === IN_DOUBT ? makeReady(after) : after
      },
    },
  },
  'an effect whose claim expired is claimed again': {
    ...allSafeguards,
    steps: {
      ...effectSteps,
      claimed: (life, claim) =>
        effectSteps.claimed(
          life.state === 'sent' && (life.leaseUntil ?? Infinity) <= claim.at ? makeReady(life) : life,
          claim,
        ),
      abandoned: () => undefined,
    },
  },
  'an answer counts under any token': {
    ...allSafeguards,
    steps: {
      ...effectSteps,
      answered: (life, _token, end, at) => effectSteps.answered({ ...life, state: 'sent' }, life.token, end, at),
    },
  },
  'the claim is committed only after the call was sent': { ...allSafeguards, commitsClaimFirst: false },
  'the claim is not checked again before the call': { ...allSafeguards, rechecksClaim: false },
  'a doubt is settled while the call may still arrive': { ...allSafeguards, terms: { ...DEFAULT_TERMS, settle: 0 } },
  'an action is withdrawn while it is being sent': { ...allSafeguards, cancelsEffectFirst: false },
}
