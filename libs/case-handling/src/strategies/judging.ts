import type { EntityManager } from 'typeorm'
import type { AfterSaleCase, RequestAction } from '#after-sale'
import type { TimerRow } from '#event-store'
import type { ShadowRow } from '#ledgers'

/** A case to be judged, as it stands within the batch. */
export interface Judgeable {
  readonly id: string
  readonly org: number
  readonly store: number
  readonly afterSale: AfterSaleCase
}

/** What a strategy wants done to one case. */
export interface Wanted {
  readonly case: Judgeable
  readonly request: RequestAction
}

export interface Judged {
  readonly wanted: readonly Wanted[]
  readonly shadows: readonly ShadowRow[]
  /** When a case is to be judged again because only time can change the answer. */
  readonly looks: readonly TimerRow[]
}

/** Whoever judges cases after a batch, within its transaction. */
export interface Judging {
  of(manager: EntityManager, cases: readonly Judgeable[], now: number): Promise<Judged>
}
