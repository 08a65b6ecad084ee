import { randomUUID } from 'node:crypto'
import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource, EntityManager } from 'typeorm'
import type { ActionWarning, AfterSaleCase } from '#after-sale'
import { costOf } from '#after-sale'
import type { StreamRow } from '#event-store'
import { noteChange } from '#event-store'
import type { BatchAuthor, BatchItem } from '#ledgers'
import { insertBatch } from '#ledgers'
import type { ActionRequest } from '../actions/action-requests'
import type { ActionWriting, RequestPreview } from '../actions/action-writing'
import type { WayOf } from '../marketplace-requirements'
import type { Clock } from '../ports'
import type { BatchAction, BatchSealing } from './batch-action'
import type { BatchRights } from './batch-rights'
import { rightsRefusalOf } from './batch-rights'

/** A person freezes a set of cases for one action: nothing is done yet. Answers its id; `undefined`: there is no such case. */
export class FreezeBatch extends Command<string | undefined> {
  constructor(
    readonly org: number,
    readonly author: BatchAuthor,
    readonly rights: BatchRights,
    readonly wanted: BatchAction,
    /** Without duplicates, at most `MAX_BATCH_CASES`; in this order they are carried out. */
    readonly caseIds: readonly string[],
    /** The batch whose failures are tried again. */
    readonly retryOf?: string,
  ) {
    super()
  }
}

/**
 * The set is stored with the revision of each case and with what the rules say to the action now: what is sent later is what
 * was shown, or it is refused.
 */
@CommandHandler(FreezeBatch)
export class FreezeBatchHandler implements ICommandHandler<FreezeBatch> {
  constructor(
    private readonly database: DataSource,
    private readonly writing: ActionWriting,
    private readonly wayOf: WayOf,
    private readonly sealing: Pick<BatchSealing, 'sealBatch'>,
    private readonly clock: Clock,
  ) {}

  execute(command: FreezeBatch): Promise<string | undefined> {
    return this.database.transaction((manager) => this.freeze(manager, command))
  }

  private async freeze(manager: EntityManager, command: FreezeBatch): Promise<string | undefined> {
    const { org, author, wanted, caseIds, retryOf } = command
    const id = randomUUID()
    const items = await this.judge(manager, command)
    if (items.length === 0) return undefined
    noteChange({ batch: id, cases: items.length, ...(retryOf === undefined ? {} : { retryOf }) })
    const batch = {
      ...{ id, org, ...author, action: wanted.action.name, at: this.clock(), asked: caseIds.length },
      ...{ sealed: this.sealing.sealBatch({ org, id }, JSON.stringify(wanted)) },
      retryOf: retryOf ?? null,
    }
    await insertBatch(manager, batch, items)
    return id
  }

  private async judge(manager: EntityManager, command: FreezeBatch): Promise<readonly BatchItem[]> {
    const { org, author, rights, wanted, caseIds } = command
    const now = this.clock()
    const by = { kind: 'person', id: author.by } as const
    const intents = new Map(caseIds.map((caseId) => [caseId, randomUUID() as string]))
    const requestOf = ({ id, state }: StreamRow<AfterSaleCase>): ActionRequest => ({
      ...{ caseId: id, intent: intents.get(id) ?? '', judged: state.lastSeen?.revision ?? 0 },
      ...wanted,
    })
    const preview = (
      ids: readonly string[],
      confirmed: (caseId: string) => readonly ActionWarning[],
    ): Promise<readonly RequestPreview[]> =>
      this.writing.preview(manager, { org, by, caseIds: ids, stores: rights.stores }, requestOf, {
        now,
        confirmationOf: ({ caseId }) => ({ warnings: confirmed(caseId) }),
      })
    const first = await preview(caseIds, () => [])
    // Where only warnings stand in the way, it is decided again as if they were confirmed, as they will be.
    const warnings = new Map(first.map(({ request, result }) => [request.caseId, result?.refused?.warnings ?? []]))
    const warned = [...warnings].flatMap(([caseId, list]) => (list.length > 0 ? [caseId] : []))
    const confirmed = await preview(warned, (caseId) => warnings.get(caseId) ?? [])
    const previews = new Map([...first, ...confirmed].map((one) => [one.request.caseId, one]))
    return caseIds
      .flatMap((caseId) => previews.get(caseId) ?? [])
      .flatMap((one, index) => this.itemOf(command, one, index + 1, warnings.get(one.request.caseId) ?? []))
  }

  private itemOf(
    { rights, wanted: { action } }: FreezeBatch,
    { request, row, result }: RequestPreview,
    n: number,
    warnings: readonly ActionWarning[],
  ): BatchItem[] {
    if (row === undefined) return []
    const amount = costOf(action, result?.after ?? row.state) ?? null
    const reason = result?.refused?.reason ?? rightsRefusalOf(rights, row.store, amount) ?? null
    return [
      {
        ...{ n, caseId: request.caseId, store: row.store, intent: request.intent, judged: request.judged, amount },
        byHand: this.wayOf(row.state.marketplace, action.name) === 'ASSISTED',
        state: reason === null ? 'ready' : 'refused',
        reason,
        rule: result?.refused?.rule ?? null,
        warnings: warnings.join('-'),
      },
    ]
  }
}
