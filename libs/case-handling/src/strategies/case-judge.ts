import type { EntityManager } from 'typeorm'
import type { AfterSaleCase, RequestAction } from '#after-sale'
import type { TimerRow } from '#event-store'
import type { ShadowVerdictRow } from '#ledgers'

/** A case to be judged, in its current state within the batch. */
export interface CaseToJudge {
  readonly id: string
  readonly org: number
  readonly store: number
  readonly afterSale: AfterSaleCase
}

/** An action that a strategy requests for one case. */
export interface StrategyRequest {
  readonly case: CaseToJudge
  readonly request: RequestAction
}

/** What follows from judging: actions to request, verdicts of strategies in shadow, timers. */
export interface JudgeResult {
  readonly requests: readonly StrategyRequest[]
  readonly shadows: readonly ShadowVerdictRow[]
  /** When a case is to be judged again because only time can change the verdict. */
  readonly rejudgeTimers: readonly TimerRow[]
}

/** Judges the changed cases of a batch, in its transaction. `now`: UTC ms. */
export interface CaseJudge {
  judge(manager: EntityManager, cases: readonly CaseToJudge[], now: number): Promise<JudgeResult>
}
