import type { Action } from '../../actions/action'
import type { Instant } from '../../facets'
import type { Condition, RuleId } from './condition'
import type { PolicyName } from './policy-names'

/** The strategy document that gave the verdict, and its version. */
export interface StrategyReference {
  readonly id: string
  readonly version: number
}

/**
 * What a policy concludes about a case. `act`: do this. `expect`: the platform does it by itself, so leave it. `warn`:
 * know this before you act. `leave`: a condition does not hold. `unsure`: a condition is unknown, so a person decides.
 */
export type Judgement = 'act' | 'expect' | 'warn' | 'leave' | 'unsure'

/**
 * A judgement with everything that it is based on, so that it can be explained, backtested and replayed. No personal
 * data.
 */
export interface Verdict {
  readonly policy: PolicyName
  readonly rules: readonly RuleId[]
  readonly outcome: Judgement
  /** What to do (`act`), or what is expected or warned of. */
  readonly action?: Action
  readonly strategy?: StrategyReference
  /** A strategy in shadow mode judges like any other, but nothing follows from it. Absent: live. */
  readonly shadow?: true
  /** The one verdict of the line-up that is carried out. The others are kept to explain it. */
  readonly chosen?: true
  readonly conditions: readonly Condition[]
  /** The case as it was judged: our version of it, its newest platform revision (UTC ms), and when. */
  readonly judged: { readonly version: number; readonly revision: Instant; readonly at: Instant }
}
