import type { EntityManager } from 'typeorm'
import type { AfterSaleCase, CaseEvent } from '#after-sale'
import { FOLD_VERSION, fold } from '#after-sale'
import { readStreamEvents } from '#event-store'

export interface FoldedRow {
  readonly id: string
  readonly fold: number
  readonly state: AfterSaleCase
}

/** The state of a case by the code of today: a row that an older version folded is folded again from its events. */
export async function currentState(
  manager: EntityManager,
  { id, fold: version, state }: FoldedRow,
): Promise<AfterSaleCase | undefined> {
  if (version === FOLD_VERSION) return state
  const events = await readStreamEvents(manager, id)
  return fold(events.map(({ type, body }) => ({ type, ...(body as object) }) as CaseEvent))
}
