import type { Term } from '../../glossary/vocabulary'
import type { Claims, RuleId } from './condition'
import type { PolicyName } from './policy-names'
import type { Shape } from './settings-shape'
import type { Subject } from './subject'
import type { Verdict } from './verdict'

/**
 * A rule of the trade that judges a case: pure, one file, named as a claim. `judge` returns `undefined` where the case
 * does not concern it (another kind, a finished case), and never throws. `S` is the shape of its settings.
 */
export interface Policy<S = undefined> {
  readonly name: PolicyName
  readonly title: Term
  readonly rules: readonly RuleId[]
  readonly claims: Claims
  /** What a strategy document of this policy may set; absent: nothing, its numbers come from the store's terms. */
  readonly shape?: Shape<S>
  judge(subject: Subject, settings: S): Verdict | undefined
}
