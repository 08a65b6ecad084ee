import type { Action } from '../../actions/action'
import type { Instant } from '../../facets'
import type { Condition, RuleId } from './condition'
import type { PolicyName } from './policy-names'

/** Which document judged, and which version of it. */
export interface StrategyReference {
  readonly id: string
  readonly version: number
}

/**
 * What a policy says of a case.
 * `act`: do this. `expect`: the platform does it by itself, so leave it. `warn`: before you do that, know this.
 * `leave`: a condition does not hold. `unsure`: a condition is unknown, so a person decides.
 */
export type Judgement = 'act' | 'expect' | 'warn' | 'leave' | 'unsure'

/** A judgement with everything that it rests on, so that it can be explained, tried and replayed. No personal data. */
export interface Verdict {
  readonly policy: PolicyName
  readonly rules: readonly RuleId[]
  readonly outcome: Judgement
  /** What to do (`act`), or what is expected or warned of. */
  readonly action?: Action
  readonly strategy?: StrategyReference
  /** A strategy that is only tried judges like any other, but nothing follows from it. Absent: live. */
  readonly shadow?: true
  /** The one verdict of the line-up that is followed. The others are kept for the trace. */
  readonly chosen?: true
  readonly conditions: readonly Condition[]
  /** The case as it was judged: its version with us, the platform's newest revision in it (UTC ms), and when. */
  readonly judged: { readonly version: number; readonly revision: Instant; readonly at: Instant }
}
