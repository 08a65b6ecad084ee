import { isFinal } from '../turn'
import type { PolicyName } from './framework/policy-names'
import { POLICIES } from './policies'
import type { Subject } from './framework/subject'
import type { StrategyReference, Verdict } from './framework/verdict'

/** A strategy in force at a store. `settings` were checked with `checkStrategy` when the document was written. */
export interface ArmedStrategy {
  readonly reference: StrategyReference
  readonly policy: PolicyName
  readonly settings: unknown
  readonly mode: 'live' | 'shadow'
}

/**
 * R147: the platform's own automation first, then the merchant's strategies, cautious before generous: what stops a parcel
 * before what lets it come back, what keeps the sale before what ends it, a strategy with narrow conditions before one with
 * wide ones, and what pays out at the very end. Where none acts, people do.
 */
export const LINE_UP: readonly PolicyName[] = [
  'platformHandlesIt',
  'platformAdvancesRefund',
  'parcelCanBeIntercepted',
  'parcelMayBeRefused',
  'exchangeComesFirst',
  'smallPaymentMaySettle',
  'withinSevenDaysOfDelivery',
  'returnReasonIsChosen',
  'appliedOffDuty',
  'warehouseAcceptedGoods',
]

/** What the platform does by itself happens whether or not any strategy is armed. */
const ALWAYS: readonly PolicyName[] = ['platformHandlesIt', 'platformAdvancesRefund']

const PLACES = LINE_UP.map((name) => ({ name, policy: POLICIES[name], always: ALWAYS.includes(name) }))

/**
 * The verdicts of all policies on the case, in order (R147). The first live one that acts, or expects the platform to
 * act, is `chosen`; those after it are judged for the trace only. One in shadow is never chosen and blocks no other.
 * Nothing chosen: a person decides. A finished case is not judged.
 */
export function judge(asked: Subject, armed: readonly ArmedStrategy[]): readonly Verdict[] {
  if (isFinal(asked.afterSale)) return []
  // Facts attested by people count unless the caller passes its own.
  const subject =
    asked.facts === undefined && asked.afterSale.facts !== undefined
      ? { ...asked, facts: asked.afterSale.facts }
      : asked
  const verdicts: Verdict[] = []
  let open = true
  for (const { name, policy, always } of PLACES) {
    let live = false
    for (const strategy of armed) {
      if (strategy.policy !== name) continue
      if (strategy.mode === 'live') live = true
      const verdict = policy.judge(subject, strategy.settings)
      if (verdict !== undefined) open = keep(verdicts, verdict, strategy, open)
    }
    if (live || !always) continue
    const verdict = policy.judge(subject, policy.shape?.defaults)
    if (verdict !== undefined) open = keep(verdicts, verdict, undefined, open)
  }
  return verdicts
}

/** Returns whether the line-up is still open afterwards. */
function keep(verdicts: Verdict[], verdict: Verdict, by: ArmedStrategy | undefined, open: boolean): boolean {
  const shadow = by?.mode === 'shadow'
  const chosen = open && !shadow && (verdict.outcome === 'act' || verdict.outcome === 'expect')
  const { policy, rules, outcome, action, conditions, judged } = verdict
  const kept: Kept = { policy, rules, outcome, conditions, judged }
  if (action !== undefined) kept.action = action
  if (by !== undefined) kept.strategy = by.reference
  if (shadow) kept.shadow = true
  if (chosen) kept.chosen = true
  verdicts.push(kept)
  return open && !chosen
}

/** Written field by field: spreading verdicts costs more than judging does. */
type Kept = { -readonly [K in keyof Verdict]: Verdict[K] }

/** The verdict that is followed; `undefined`: a person decides. */
export const chosenOf = (verdicts: readonly Verdict[]): Verdict | undefined =>
  verdicts.find((verdict) => verdict.chosen === true)
