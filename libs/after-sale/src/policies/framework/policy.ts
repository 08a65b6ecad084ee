import type { Term } from '../../glossary/vocabulary'
import type { Claims, RuleId } from './condition'
import type { PolicyName } from './policy-names'
import type { SettingsShape } from './settings-shape'
import type { Subject } from './subject'
import type { Verdict } from './verdict'

/**
 * A rule of the trade that judges a case. Pure; one file per policy, named as a claim. `judge` returns `undefined`
 * where the policy does not apply to the case (another kind, a finished case); it never throws. `S` is the shape of its
 * settings.
 */
export interface Policy<S = undefined> {
  readonly name: PolicyName
  readonly title: Term
  readonly rules: readonly RuleId[]
  readonly claims: Claims
  /**
   * The settings of this policy's strategy documents. Absent: it has none, and takes its numbers from the store's
   * terms.
   */
  readonly shape?: SettingsShape<S>
  judge(subject: Subject, settings: S): Verdict | undefined
}
