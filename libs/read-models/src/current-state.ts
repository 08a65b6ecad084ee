import type { EntityManager } from 'typeorm'
import type { AfterSaleCase, CaseEvent } from '#after-sale'
import { FOLD_VERSION, fold } from '#after-sale'
import { readStreamEvents } from '#event-store'

/** A row of `stream`, as far as it is needed. `fold`: the fold version of its state. */
export interface FoldedRow {
  readonly id: string
  readonly fold: number
  readonly state: AfterSaleCase
}

/** The state of a case by the current code: a row that an older fold version wrote is folded again from its events. */
export async function loadCurrentState(
  manager: EntityManager,
  { id, fold: version, state }: FoldedRow,
): Promise<AfterSaleCase | undefined> {
  if (version === FOLD_VERSION) return state
  const events = await readStreamEvents(manager, id)
  return fold(events.map(({ type, body }) => ({ type, ...(body as object) }) as CaseEvent))
}
