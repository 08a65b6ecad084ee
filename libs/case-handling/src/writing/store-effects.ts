import type { EntityManager } from 'typeorm'
import type { EffectWrite, ReadRequest } from '#event-store'
import { requestReads, failpoint, writeEffects } from '#event-store'
import type { ActionOrders } from '../performing/action-orders'
import type { CommandResult } from './case-command'

/**
 * Stores the effects of a batch, in the transaction that decides them, for the worker that reads cases and the one that
 * performs actions: nothing is read or sent here.
 */
export async function storeEffects(
  manager: EntityManager,
  results: readonly CommandResult[],
  orders: ActionOrders | undefined,
  now: number,
): Promise<void> {
  await requestReads(manager, results.flatMap(readingsOf), now)
  const rows = results.flatMap((result) => performancesOf(result, orders))
  if (rows.length === 0) return
  failpoint('act.decided')
  await writeEffects(manager, rows)
  failpoint('act.written')
}

function readingsOf({ caseCommand: { id, org, store }, after, effects }: CommandResult): ReadRequest[] {
  const effect = effects.find((one) => one.type === 'ReadCase')
  if (effect === undefined || after === undefined) return []
  const order = after.order?.orderNumber ?? null
  return [{ stream: id, org, store, case_number: after.caseNumber, order_number: order, why: effect.why }]
}

/** @throws Error where this writer was not made for actions: one without its order could never be carried out. */
function performancesOf(
  { caseCommand: work, after, effects }: CommandResult,
  orders: ActionOrders | undefined,
): EffectWrite[] {
  return effects.flatMap((effect) => {
    if (effect.type !== 'Perform' || after === undefined) return []
    if (orders === undefined) throw new Error('an action was decided by a writer without action orders')
    return [orders.rowOf(effect, after, work)]
  })
}
