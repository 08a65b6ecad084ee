import type { TermsOfTrade } from '#after-sale'
import { DEFAULT_TERMS } from '#after-sale'
import type { EffectLife, EffectSteps } from '#event-store'
import { IN_DOUBT, effectSteps } from '#event-store'

/** By what the office of a run works. Ours, or ours with one mistake in it: a proof that finds no mistake proves nothing. */
export interface Rules {
  readonly steps: EffectSteps
  readonly terms: TermsOfTrade
  /** Whether the claim is committed before anything is sent. */
  readonly claimsFirst: boolean
  /** Whether the claim is looked at again right before the call. */
  readonly looksAgain: boolean
  /** Whether an effect is ended before its action may be taken back. */
  readonly takesBackFirst: boolean
}

export const ourRules: Rules = {
  steps: effectSteps,
  terms: DEFAULT_TERMS,
  claimsFirst: true,
  looksAgain: true,
  takesBackFirst: true,
}

const readyAgain = (life: EffectLife): EffectLife => ({ ...life, state: 'ready', leaseUntil: null, endedAs: null })

/** Mistakes that were made elsewhere, one each. */
export const plantedBugs: Readonly<Record<string, Rules>> = {
  'what is in doubt is sent again': {
    ...ourRules,
    steps: {
      ...effectSteps,
      answered(life, token, end, at) {
        const after = effectSteps.answered(life, token, end, at)
        return after?.endedAs === IN_DOUBT ? readyAgain(after) : after
      },
    },
  },
  'a claim that ran out is claimed again': {
    ...ourRules,
    steps: {
      ...effectSteps,
      claimed: (life, claim) =>
        effectSteps.claimed(
          life.state === 'sent' && (life.leaseUntil ?? Infinity) <= claim.at ? readyAgain(life) : life,
          claim,
        ),
      abandoned: () => undefined,
    },
  },
  'an answer counts whoever gives it': {
    ...ourRules,
    steps: {
      ...effectSteps,
      answered: (life, _token, end, at) => effectSteps.answered({ ...life, state: 'sent' }, life.token, end, at),
    },
  },
  'what is claimed is written after it was sent': { ...ourRules, claimsFirst: false },
  'the claim is not looked at again before the call': { ...ourRules, looksAgain: false },
  'a doubt is settled while the call may still arrive': { ...ourRules, terms: { ...DEFAULT_TERMS, settle: 0 } },
  'an action is taken back while it is being sent': { ...ourRules, takesBackFirst: false },
}
