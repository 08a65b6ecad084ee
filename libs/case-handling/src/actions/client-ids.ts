import type { EntityManager } from 'typeorm'
import { canonical } from '#after-sale'
import type { IdentifiedEffect } from '#event-store'
import { findEffectsByIntent } from '#event-store'
import { sealingTroubleOf } from '../ports'
import type { ActionOrders } from '../performing/action-orders'
import type { ActionRequest } from './action-requests'

/** Everything that makes two requests equal: the case, the action with its texts and parameters, and the revision. */
const contentOf = ({ caseId, action, judged }: Pick<ActionRequest, 'caseId' | 'action' | 'judged'>): string =>
  canonical([caseId, action, judged])

/**
 * Which of these requests have an id that is already used by another request, on any case of the organisation or
 * earlier in the same batch. The earlier request is read from its sealed order, so its texts are compared, too, and are
 * stored nowhere else. The cases are locked by the caller; of two processes that write one id for two cases at once,
 * the second fails at the unique index, and finds the first when it retries.
 */
export async function requestsWithTakenIds(
  manager: EntityManager,
  org: number,
  requests: readonly ActionRequest[],
  orders: Pick<ActionOrders, 'open'>,
): Promise<ReadonlySet<ActionRequest>> {
  const ids = [...new Set(requests.map(({ intent }) => intent))]
  const named = await findEffectsByIntent(manager, org, ids)
  const first = new Map<string, string>()
  const conflicting = new Set<ActionRequest>()
  for (const request of requests) {
    const content = contentOf(request)
    const known = named.filter(({ intent }) => intent === request.intent)
    const before = first.get(request.intent)
    const isFree = known.length === 0 && (before === undefined || before === content)
    if (!isFree && !known.some((effect) => isSame(effect, request.caseId, content, orders, org)))
      conflicting.add(request)
    if (before === undefined) first.set(request.intent, content)
  }
  return conflicting
}

function isSame(
  { stream, intent, sealed }: IdentifiedEffect,
  caseId: string,
  content: string,
  orders: Pick<ActionOrders, 'open'>,
  org: number,
): boolean {
  if (stream !== caseId) return false
  // The order is deleted: the case still knows the action by its name and revision.
  if (sealed === null) return true
  try {
    const { action, revision } = orders.open({ org, stream, intent, sealed })
    return contentOf({ caseId, action, judged: revision }) === content
  } catch (error) {
    // Unknown whether it is the same request, so it is not answered as one.
    if (sealingTroubleOf(error) !== undefined) return false
    throw error
  }
}
