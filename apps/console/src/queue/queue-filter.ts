import type { QueueFilter } from '#read-models'
import type { Scope } from '../core/scope'
import type { QueueFilterRequest, QueueScopeRequest } from './queue.request'

/** The filter that a request names, within what its caller may see. */
export const queueFilterOf = async (scope: Scope, request: QueueFilterRequest): Promise<QueueFilter> => ({
  ...(await queueScopeOf(scope, request)),
  ...boundsOf(request),
})

export async function queueScopeOf(
  scope: Scope,
  { marketplace, store, kind, status }: QueueScopeRequest,
): Promise<QueueFilter> {
  return {
    org: scope.org,
    stores: await scope.selectStores(marketplace, store),
    everyStore: marketplace === undefined && store === undefined && scope.storeLimit === undefined,
    ...(kind === undefined ? {} : { kinds: kind }),
    ...(status === undefined ? {} : { statuses: status }),
  }
}

function boundsOf({
  turn,
  dueFrom,
  dueTo,
  riskFrom,
  riskTo,
}: QueueFilterRequest): Pick<QueueFilter, 'turns' | 'due' | 'risk'> {
  const due = { ...(dueFrom === undefined ? {} : { from: dueFrom }), ...(dueTo === undefined ? {} : { before: dueTo }) }
  const risk = {
    ...(riskFrom === undefined ? {} : { from: riskFrom }),
    ...(riskTo === undefined ? {} : { to: riskTo }),
  }
  return {
    ...(turn === undefined ? {} : { turns: [turn] }),
    ...(Object.keys(due).length === 0 ? {} : { due }),
    ...(Object.keys(risk).length === 0 ? {} : { risk }),
  }
}
