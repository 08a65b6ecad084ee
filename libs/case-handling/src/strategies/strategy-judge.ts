import { hash } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import type { Action, ActionName, RequestAction, Verdict } from '#after-sale'
import { chosenOf, costOf, judge, policyOf, turnOf } from '#after-sale'
import type { TimerRow } from '#event-store'
import type { Budget, BudgetKey, ShadowVerdictRow } from '#ledgers'
import { budgetsOf } from '#ledgers'
import type { WayOf } from '../marketplace-requirements'
import { budgetDayOf } from './spendings'
import type { InForce, StrategyInForce, StrategiesInForce } from './strategies-in-force'
import type { CaseToJudge, JudgeResult, CaseJudge, StrategyRequest } from './case-judge'

/** The action of a live strategy that is to be requested for a case. */
interface ChosenAction {
  readonly case: CaseToJudge
  readonly verdict: Verdict
  readonly action: Action
  readonly strategyInForce: StrategyInForce
}

/**
 * Lets the strategies of a store judge its cases after a batch, in the batch's own transaction, so that their decisions
 * are written together with the changes they are based on. Only requests result: as for a person, the model may refuse.
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
    const choices: ChosenAction[] = []
    const shadows: ShadowVerdictRow[] = []
    const rejudgeTimers: TimerRow[] = []
    for (const caseToJudge of onOurTurn) {
      const candidates = inForce.strategiesAt(caseToJudge.store)
      if (candidates.length === 0) continue
      const verdicts = judge(
        { afterSale: caseToJudge.afterSale, terms: inForce.termsOf(caseToJudge.store), now },
        candidates.map((s) => s.strategy),
      )
      const choice = chooseAction(caseToJudge, verdicts, candidates)
      if (choice !== undefined) choices.push(choice)
      shadows.push(...buildShadows(caseToJudge, verdicts, candidates, now))
      const rejudgeAt = nextJudgementAt(verdicts, now)
      if (rejudgeAt !== undefined)
        rejudgeTimers.push({ stream: caseToJudge.id, kind: 'JUDGE', org: caseToJudge.org, due_at: rejudgeAt })
    }
    const requests = choices.length === 0 ? [] : await this.buildRequests(manager, choices, inForce, now)
    return { requests, shadows, rejudgeTimers }
  }

  /** Allots the budgets in the order of the cases. Booking them later in the transaction checks them again. */
  private async buildRequests(
    manager: EntityManager,
    choices: readonly ChosenAction[],
    inForce: InForce,
    now: number,
  ): Promise<StrategyRequest[]> {
    const day = budgetDayOf(now)
    const budgets = await budgetsOf(
      manager,
      choices.map((choice) => budgetKeyOf(choice, day)),
    )
    const budgetsLeft = new Map(budgets.map((b) => [budgetMapKey(b), b.remaining]))
    return choices.flatMap((choice) => {
      const key = budgetMapKey({ ...budgetKeyOf(choice, day) })
      const budgetLeft = budgetsLeft.get(key)
      // Without a budget row the strategy was disarmed while this batch was being judged.
      if (budgetLeft === undefined) return []
      const cost = costOf(choice.action, choice.case.afterSale) ?? 0
      if (cost <= budgetLeft) budgetsLeft.set(key, budgetLeft - cost)
      return [{ case: choice.case, request: this.buildRequest(choice, inForce, budgetLeft, now) }]
    })
  }

  private buildRequest(
    { case: { id, store, afterSale }, verdict, action, strategyInForce }: ChosenAction,
    inForce: InForce,
    budgetLeft: number,
    now: number,
  ): RequestAction {
    const { id: strategy, version } = strategyInForce.strategy.reference
    return {
      type: 'RequestAction',
      intent: deriveIntentId(id, strategy, version, verdict.judged.revision, action.name),
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
 * The id of a strategy's action, derived from everything that makes it the same action: a second worker, or a repeated
 * judgement of the same revision, finds it already requested.
 */
export function deriveIntentId(
  stream: string,
  strategy: string,
  version: number,
  revision: number,
  action: ActionName,
): string {
  return `s${strategy}-${hash('sha256', `${stream}\n${strategy}\n${version}\n${revision}\n${action}`, 'hex').slice(0, 32)}`
}

/** The next instant (UTC ms) that a condition compares the time with: from then on its result may change. */
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

const findCandidate = (candidates: readonly StrategyInForce[], verdict: Verdict): StrategyInForce | undefined =>
  candidates.find(
    ({ strategy: { reference } }) =>
      reference.id === verdict.strategy?.id && reference.version === verdict.strategy?.version,
  )

/** The action to request, if any: of a live strategy, not what the platform is expected to do by itself. */
function chooseAction(
  caseToJudge: CaseToJudge,
  verdicts: readonly Verdict[],
  candidates: readonly StrategyInForce[],
): ChosenAction | undefined {
  const verdict = chosenOf(verdicts)
  const strategyInForce = verdict && findCandidate(candidates, verdict)
  if (verdict?.outcome !== 'act' || verdict.action === undefined || strategyInForce === undefined) return undefined
  return { case: caseToJudge, verdict, action: verdict.action, strategyInForce }
}

function buildShadows(
  { id, org, store }: CaseToJudge,
  verdicts: readonly Verdict[],
  candidates: readonly StrategyInForce[],
  now: number,
): ShadowVerdictRow[] {
  return verdicts.flatMap((verdict) => {
    const strategyInForce = findCandidate(candidates, verdict)
    if (strategyInForce?.strategy.mode !== 'shadow' || verdict.outcome !== 'act') return []
    const { strategy, version } = strategyInForce.arming
    return [
      { stream: id, strategy, version, judgedRevision: verdict.judged.revision, org, store, verdict, recordedAt: now },
    ]
  })
}

const budgetKeyOf = ({ case: { store }, strategyInForce: { arming } }: ChosenAction, day: string): BudgetKey => ({
  arming: arming.id,
  strategy: arming.strategy,
  store,
  day,
})

const budgetMapKey = ({ strategy, store, day }: Pick<Budget, 'strategy' | 'store' | 'day'>): string =>
  `${strategy} ${store} ${day}`
