import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { Directory } from '#access'
import type { AfterSaleCase } from '#after-sale'
import type { ActionRequest, ActionRequestOutcome } from '#case-handling'
import { suspensionOf } from '#case-handling'
import { currentActor } from '../security/current-actor'

type RefusedOutcome = Extract<ActionRequestOutcome, { type: 'refused' }>

const REASONS = { paused: 'StorePaused', removed: 'StoreRemoved' } as const

/** Nothing new is accepted for stores that people have paused or removed. What was accepted before is answered as before. */
@Injectable()
export class StoppedStores {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    private readonly directory: Directory,
  ) {}

  /** The refusals among `requests`; one without a refusal is decided by the model. */
  async refusalsOf(requests: readonly ActionRequest[]): Promise<ReadonlyMap<ActionRequest, RefusedOutcome>> {
    const { stores } = await this.directory.current()
    const stopped = new Map(
      stores.flatMap((store) => {
        const suspension = suspensionOf(store)
        return suspension === undefined ? [] : [[store.id, REASONS[suspension]] as const]
      }),
    )
    if (stopped.size === 0) return new Map()
    const cases = await this.casesOf([...stopped.keys()], requests)
    return new Map(
      requests.flatMap((request) => {
        const { caseId, intent } = request
        const found = cases.get(caseId)
        const reason = found && stopped.get(found.store)
        if (reason === undefined || found?.state.intents?.some(({ id }) => id === intent) === true) return []
        return [[request, { type: 'refused', caseId, intent, reason }] as const]
      }),
    )
  }

  /** Those of the given stores that the caller may see: the others are decided, or answered as missing, as always. */
  private async casesOf(stores: readonly number[], requests: readonly ActionRequest[]) {
    const { org, stores: limit } = currentActor()
    const rows = await this.database.query<{ id: string; store: number; state: AfterSaleCase }[]>(
      'SELECT id, store, state FROM stream WHERE id = ANY ($1::uuid[]) AND org = $2 AND store = ANY ($3::int[])',
      [
        [...new Set(requests.map(({ caseId }) => caseId))],
        org,
        stores.filter((store) => limit === 'all' || limit.includes(store)),
      ],
    )
    return new Map(rows.map((row) => [row.id, row]))
  }
}
