import type { EntityManager } from 'typeorm'
import { canonicalText } from '#after-sale'
import type { IdentifiedEffect } from '#event-store'
import { findEffectsByIntent } from '#event-store'
import { sealingTroubleOf } from '../ports'
import type { ActionOrders } from '../performing/action-orders'
import type { ActionRequest } from './action-requests'

/** Everything that makes two requests equal: the case, the action with its texts and parameters, and the revision. */
const contentOf = ({ caseId, action, judged }: Pick<ActionRequest, 'caseId' | 'action' | 'judged'>): string =>
  canonicalText([caseId, action, judged])

/**
 * The requests whose id is already used by another request: on any case of the organisation, or earlier in the same
 * batch. The earlier request is read from its sealed order, the only place where its texts are stored, so texts are
 * compared, too. The caller has locked the cases. If two processes write one id for two cases at once, the second fails
 * at the unique index and finds the first when it retries.
 */
export async function requestsWithTakenIds(
  manager: EntityManager,
  org: number,
  requests: readonly ActionRequest[],
  orders: Pick<ActionOrders, 'open'>,
): Promise<ReadonlySet<ActionRequest>> {
  const ids = [...new Set(requests.map(({ intent }) => intent))]
  const knownEffects = await findEffectsByIntent(manager, org, ids)
  const firstContents = new Map<string, string>()
  const conflicting = new Set<ActionRequest>()
  for (const request of requests) {
    const content = contentOf(request)
    const effectsOfId = knownEffects.filter(({ intent }) => intent === request.intent)
    const firstContent = firstContents.get(request.intent)
    const isFree = effectsOfId.length === 0 && (firstContent === undefined || firstContent === content)
    if (!isFree && !effectsOfId.some((effect) => isSameRequest(effect, request.caseId, content, orders, org)))
      conflicting.add(request)
    if (firstContent === undefined) firstContents.set(request.intent, content)
  }
  return conflicting
}

function isSameRequest(
  { stream, intent, sealed }: IdentifiedEffect,
  caseId: string,
  content: string,
  orders: Pick<ActionOrders, 'open'>,
  org: number,
): boolean {
  if (stream !== caseId) return false
  // The order is deleted once the action is over; `outcomeOf` then compares the action's name and revision.
  if (sealed === null) return true
  try {
    const { action, revision } = orders.open({ org, stream, intent, sealed })
    return contentOf({ caseId, action, judged: revision }) === content
  } catch (error) {
    // Whether it is the same request is unknown, so the id counts as used.
    if (sealingTroubleOf(error) !== undefined) return false
    throw error
  }
}
