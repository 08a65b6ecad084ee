import type { EntityManager } from 'typeorm'
import type { AfterSaleCase, RequestAction } from '#after-sale'
import type { TimerRow } from '#event-store'
import type { ShadowRow } from '#ledgers'

/** A case to be judged, in its current state within the batch. */
export interface Judgeable {
  readonly id: string
  readonly org: number
  readonly store: number
  readonly afterSale: AfterSaleCase
}

/** An action that a strategy requests for one case. */
export interface Wanted {
  readonly case: Judgeable
  readonly request: RequestAction
}

export interface Judged {
  readonly wanted: readonly Wanted[]
  readonly shadows: readonly ShadowRow[]
  /** When a case is to be judged again because only time can change the verdict. */
  readonly looks: readonly TimerRow[]
}

/** Judges cases after a batch, within its transaction. */
export interface Judging {
  of(manager: EntityManager, cases: readonly Judgeable[], now: number): Promise<Judged>
}
