import { hash } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import type { Action, ActionName, RequestAction, Verdict } from '#after-sale'
import { chosenOf, costOf, judge, policyOf, turnOf } from '#after-sale'
import type { TimerRow } from '#event-store'
import type { Budget, BudgetKey, ShadowVerdictRow } from '#ledgers'
import { budgetsOf } from '#ledgers'
import type { WayOf } from '../marketplace-requirements'
import { budgetDayOf } from './spendings'
import type { InForce, StrategyInForce, StrategiesInForce } from './in-force'
import type { CaseToJudge, JudgeResult, CaseJudge, StrategyRequest } from './case-judge'

interface Choice {
  readonly case: CaseToJudge
  readonly verdict: Verdict
  readonly action: Action
  readonly strategyInForce: StrategyInForce
}

/**
 * The strategies of a store judge its cases after a batch, in the batch's own transaction: their decisions are written
 * with the changes they are based on, or not at all. They cost nothing where none is in force. Nothing is done here:
 * actions are requested, as by a person, and the model may refuse.
 */
export class StrategyJudge implements CaseJudge {
  constructor(
    private readonly strategies: StrategiesInForce,
    private readonly wayOf: WayOf,
  ) {}

  async judge(manager: EntityManager, cases: readonly CaseToJudge[], now: number): Promise<JudgeResult> {
    const onOurTurn = cases.filter(({ afterSale }) => turnOf(afterSale) === 'us')
    if (onOurTurn.length === 0) return { requests: [], shadows: [], rejudgeTimers: [] }
    const inForce = await this.strategies.current(manager)
    const choices: Choice[] = []
    const shadows: ShadowVerdictRow[] = []
    const rejudgeTimers: TimerRow[] = []
    for (const one of onOurTurn) {
      const candidates = inForce.strategiesAt(one.store)
      if (candidates.length === 0) continue
      const verdicts = judge(
        { afterSale: one.afterSale, terms: inForce.termsOf(one.store), now },
        candidates.map((s) => s.strategy),
      )
      const choice = choiceOf(one, verdicts, candidates)
      if (choice !== undefined) choices.push(choice)
      shadows.push(...shadowsOf(one, verdicts, candidates, now))
      const dueAt = nextJudgementAt(verdicts, now)
      if (dueAt !== undefined) rejudgeTimers.push({ stream: one.id, kind: 'JUDGE', org: one.org, due_at: dueAt })
    }
    const requests = choices.length === 0 ? [] : await this.requestsOf(manager, choices, inForce, now)
    return { requests, shadows, rejudgeTimers }
  }

  /** Budgets are allotted in the order of cases. Whether they still suffice is checked when they are booked. */
  private async requestsOf(
    manager: EntityManager,
    choices: readonly Choice[],
    inForce: InForce,
    now: number,
  ): Promise<StrategyRequest[]> {
    const day = budgetDayOf(now)
    const budgets = await budgetsOf(
      manager,
      choices.map((choice) => budgetWanted(choice, day)),
    )
    const left = new Map(budgets.map((b) => [keyOf(b), b.remaining]))
    return choices.flatMap((choice) => {
      const key = keyOf({ ...budgetWanted(choice, day) })
      const budgetLeft = left.get(key)
      // Disarmed while this batch was being judged.
      if (budgetLeft === undefined) return []
      const cost = costOf(choice.action, choice.case.afterSale) ?? 0
      if (cost <= budgetLeft) left.set(key, budgetLeft - cost)
      return [{ case: choice.case, request: this.requestOf(choice, inForce, budgetLeft, now) }]
    })
  }

  private requestOf(
    { case: { id, store, afterSale }, verdict, action, strategyInForce: standing }: Choice,
    inForce: InForce,
    budgetLeft: number,
    now: number,
  ): RequestAction {
    const { id: strategy, version } = standing.strategy.reference
    return {
      type: 'RequestAction',
      intent: intentIdOf(id, strategy, version, verdict.judged.revision, action.name),
      action,
      by: { kind: 'strategy', id: strategy, version },
      way: this.wayOf(afterSale.marketplace, action.name),
      judged: verdict.judged.revision,
      terms: inForce.termsOf(store),
      facts: {},
      confirmed: [],
      budgetLeft,
      verdict,
      now,
    }
  }
}

/**
 * The same case at the same revision, judged by the same version, is the same action: a replay or a second worker finds
 * it already requested.
 */
export function intentIdOf(
  stream: string,
  strategy: string,
  version: number,
  revision: number,
  action: ActionName,
): string {
  return `s${strategy}-${hash('sha256', `${stream}\n${strategy}\n${version}\n${revision}\n${action}`, 'hex').slice(0, 32)}`
}

/** The next instant that a condition is compared with: from then on its result may change. */
export function nextJudgementAt(verdicts: readonly Verdict[], now: number): number | undefined {
  let next = Infinity
  for (const { policy, conditions } of verdicts) {
    const { claims } = policyOf(policy)
    for (const { claim, wanted } of conditions)
      if (claims[claim]?.unit === 'instant' && typeof wanted === 'number' && wanted > now && wanted < next)
        next = wanted
  }
  return next === Infinity ? undefined : next
}

const candidateOf = (candidates: readonly StrategyInForce[], verdict: Verdict): StrategyInForce | undefined =>
  candidates.find(
    ({ strategy: { reference } }) =>
      reference.id === verdict.strategy?.id && reference.version === verdict.strategy?.version,
  )

/** The verdict to be acted upon, if any: a live strategy's, not what the platform is expected to do. */
function choiceOf(
  one: CaseToJudge,
  verdicts: readonly Verdict[],
  candidates: readonly StrategyInForce[],
): Choice | undefined {
  const verdict = chosenOf(verdicts)
  const by = verdict && candidateOf(candidates, verdict)
  if (verdict?.outcome !== 'act' || verdict.action === undefined || by === undefined) return undefined
  return { case: one, verdict, action: verdict.action, strategyInForce: by }
}

function shadowsOf(
  { id, org, store }: CaseToJudge,
  verdicts: readonly Verdict[],
  candidates: readonly StrategyInForce[],
  now: number,
): ShadowVerdictRow[] {
  return verdicts.flatMap((verdict) => {
    const by = candidateOf(candidates, verdict)
    if (by?.strategy.mode !== 'shadow' || verdict.outcome !== 'act') return []
    const { strategy, version } = by.arming
    return [
      { stream: id, strategy, version, judgedRevision: verdict.judged.revision, org, store, verdict, recordedAt: now },
    ]
  })
}

const budgetWanted = ({ case: { store }, strategyInForce: { arming } }: Choice, day: string): BudgetKey => ({
  arming: arming.id,
  strategy: arming.strategy,
  store,
  day,
})

const keyOf = ({ strategy, store, day }: Pick<Budget, 'strategy' | 'store' | 'day'>): string =>
  `${strategy} ${store} ${day}`
