import type { Action } from '../../actions/action'
import type { Condition, RuleId } from './condition'
import type { PolicyName } from './policy-names'
import type { Subject } from './subject'
import type { Truth } from '../../truth'
import type { Judgement, Verdict } from './verdict'

interface VerdictInput {
  readonly policy: PolicyName
  readonly rules: readonly RuleId[]
  readonly conditions: readonly Condition[]
  /** The verdict where every condition is true. */
  readonly then: { readonly outcome: Extract<Judgement, 'act' | 'expect' | 'warn'>; readonly action?: Action }
}

/** The verdict of conditions that must all be true: `leave` if one is false, otherwise `unsure` if one is unknown. */
export function verdictOf({ afterSale, now }: Subject, { policy, rules, conditions, then }: VerdictInput): Verdict {
  const truth = truthOfAll(conditions)
  const judged = { version: afterSale.version, revision: afterSale.lastSeen?.revision ?? 0, at: now }
  if (truth !== 'true') return { policy, rules, outcome: truth === 'false' ? 'leave' : 'unsure', conditions, judged }
  const { outcome, action } = then
  return action === undefined
    ? { policy, rules, outcome, conditions, judged }
    : { policy, rules, outcome, action, conditions, judged }
}

/** The same as `allOf` of their truths, but without building a list: judging spends most of its time here. */
function truthOfAll(conditions: readonly Condition[]): Truth {
  let truth: Truth = 'true'
  for (const condition of conditions) {
    if (condition.truth === 'false') return 'false'
    if (condition.truth === 'unknown') truth = 'unknown'
  }
  return truth
}
