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
 * R147: the order in which policies are judged. The platform's own automation comes first, then the merchant's
 * strategies, cautious before generous: stopping a parcel before letting it come back, keeping the sale before ending
 * it, narrow conditions before wide ones, and payouts last. Where none acts, people do.
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

/** Policies that are judged even without a strategy: they describe what the platform does by itself. */
const ALWAYS_JUDGED: readonly PolicyName[] = ['platformHandlesIt', 'platformAdvancesRefund']

const LINE_UP_STEPS = LINE_UP.map((name) => ({
  name,
  policy: POLICIES[name],
  isAlwaysJudged: ALWAYS_JUDGED.includes(name),
}))

/**
 * The verdicts of all policies on the case, in order (R147). The first live one that acts, or expects the platform to
 * act, is `chosen`; those after it are judged for the trace only. A strategy in shadow is never chosen and blocks no
 * other. Where none is chosen, a person decides. A finished case is not judged.
 */
export function judge(given: Subject, armed: readonly ArmedStrategy[]): readonly Verdict[] {
  if (isFinal(given.afterSale)) return []
  // Facts attested by people count unless the caller passes its own.
  const subject =
    given.facts === undefined && given.afterSale.facts !== undefined
      ? { ...given, facts: given.afterSale.facts }
      : given
  const verdicts: Verdict[] = []
  let mayChoose = true
  for (const { name, policy, isAlwaysJudged } of LINE_UP_STEPS) {
    let hasLiveStrategy = false
    for (const strategy of armed) {
      if (strategy.policy !== name) continue
      if (strategy.mode === 'live') hasLiveStrategy = true
      const verdict = policy.judge(subject, strategy.settings)
      if (verdict !== undefined) mayChoose = appendVerdict(verdicts, verdict, strategy, mayChoose)
    }
    if (hasLiveStrategy || !isAlwaysJudged) continue
    const verdict = policy.judge(subject, policy.shape?.defaults)
    if (verdict !== undefined) mayChoose = appendVerdict(verdicts, verdict, undefined, mayChoose)
  }
  return verdicts
}

/** Appends the verdict with its marks. Returns whether a later verdict may still be chosen. */
function appendVerdict(
  verdicts: Verdict[],
  verdict: Verdict,
  strategy: ArmedStrategy | undefined,
  mayChoose: boolean,
): boolean {
  const shadow = strategy?.mode === 'shadow'
  const chosen = mayChoose && !shadow && (verdict.outcome === 'act' || verdict.outcome === 'expect')
  const { policy, rules, outcome, action, conditions, judged } = verdict
  const marked: MutableVerdict = { policy, rules, outcome, conditions, judged }
  if (action !== undefined) marked.action = action
  if (strategy !== undefined) marked.strategy = strategy.reference
  if (shadow) marked.shadow = true
  if (chosen) marked.chosen = true
  verdicts.push(marked)
  return mayChoose && !chosen
}

/** Mutable, because copying verdicts by spreading costs more than judging. */
type MutableVerdict = { -readonly [K in keyof Verdict]: Verdict[K] }

/** The verdict that is followed; `undefined`: a person decides. */
export const chosenOf = (verdicts: readonly Verdict[]): Verdict | undefined =>
  verdicts.find((verdict) => verdict.chosen === true)
