import { Injectable } from '@nestjs/common'
import type { QueueFilter } from '#read-models'
import { Assignees } from '../core/assignees'
import { Scope } from '../core/scope'
import type { QueueFilterRequest, QueueScopeRequest } from './queue.request'

/**
 * What requests filter the queue by, within what their caller may see. Pages, counts and batches take their filter from here:
 * a batch has no case that the page does not show.
 */
@Injectable()
export class QueueFilters {
  constructor(
    private readonly scope: Scope,
    private readonly assignees: Assignees,
  ) {}

  async of(request: QueueFilterRequest): Promise<QueueFilter> {
    return { ...(await this.scopeOf(request)), ...boundsOf(request) }
  }

  async scopeOf({ marketplace, store, kind, status, assignee }: QueueScopeRequest): Promise<QueueFilter> {
    return {
      org: this.scope.org,
      stores: await this.scope.selectStores(marketplace, store),
      everyStore: marketplace === undefined && store === undefined && this.scope.storeLimit === undefined,
      ...(kind === undefined ? {} : { kinds: kind }),
      ...(status === undefined ? {} : { statuses: status }),
      ...(assignee === undefined ? {} : { cases: await this.assignees.casesOf(assignee) }),
    }
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
