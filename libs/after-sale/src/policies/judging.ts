import type { Action } from '../actions/action'
import type { Condition, RuleId } from './condition'
import type { PolicyName } from './names'
import type { Subject } from './subject'
import { allOf } from './truth'
import type { Judgement, Verdict } from './verdict'

interface Judging {
  readonly policy: PolicyName
  readonly rules: readonly RuleId[]
  readonly conditions: readonly Condition[]
  /** What follows where every condition holds. */
  readonly then: { readonly outcome: Extract<Judgement, 'act' | 'expect' | 'warn'>; readonly action?: Action }
}

/** The verdict that follows from conditions that must all hold: one that does not → `leave`, one unknown → `unsure`. */
export function verdictOf({ file, now }: Subject, { policy, rules, conditions, then }: Judging): Verdict {
  const truth = allOf(conditions.map((condition) => condition.truth))
  const judged = { version: file.version, revision: file.lastSeen?.revision ?? 0, at: now }
  if (truth !== 'true') return { policy, rules, outcome: truth === 'false' ? 'leave' : 'unsure', conditions, judged }
  return { policy, rules, ...then, conditions, judged }
}
