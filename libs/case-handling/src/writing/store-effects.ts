import type { EntityManager } from 'typeorm'
import type { EffectWrite, ReadRequest } from '#event-store'
import { requestReads, failpoint, writeEffects } from '#event-store'
import type { ActionOrders } from '../performing/action-orders'
import type { CommandResult } from './case-command'

/**
 * Stores the effects of a batch in the transaction that decides them. Workers read cases and perform actions later:
 * nothing is sent here.
 */
export async function storeEffects(
  manager: EntityManager,
  results: readonly CommandResult[],
  orders: ActionOrders | undefined,
  now: number,
): Promise<void> {
  await requestReads(manager, results.flatMap(readRequestsOf), now)
  const rows = results.flatMap((result) => effectWritesOf(result, orders))
  if (rows.length === 0) return
  failpoint('act.decided')
  await writeEffects(manager, rows)
  failpoint('act.written')
}

function readRequestsOf({ caseCommand: { id, org, store }, after, effects }: CommandResult): ReadRequest[] {
  const effect = effects.find(({ type }) => type === 'ReadCase')
  if (effect?.type !== 'ReadCase' || after === undefined) return []
  const orderNumber = after.order?.orderNumber ?? null
  return [{ stream: id, org, store, case_number: after.caseNumber, order_number: orderNumber, why: effect.why }]
}

/** @throws Error if the writer was built without `orders`: an action without its order could never be carried out. */
function effectWritesOf(
  { caseCommand, after, effects }: CommandResult,
  orders: ActionOrders | undefined,
): EffectWrite[] {
  return effects.flatMap((effect) => {
    if (effect.type !== 'Perform' || after === undefined) return []
    if (orders === undefined) throw new Error('an action was decided by a writer without action orders')
    return [orders.rowOf(effect, after, caseCommand)]
  })
}
