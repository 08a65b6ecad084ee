import type { EntityManager } from 'typeorm'
import type { ActionWarning } from '#after-sale'
import { ACTION_WARNINGS } from '#after-sale'
import type { BatchItem, BatchRow, SettledItem } from '#ledgers'
import { readyItems, refuseReadyItems, settleItems } from '#ledgers'
import type { ActionRequestOutcome } from '../actions/action-requests'
import type { ActionWriting } from '../actions/action-writing'
import type { Journal, Stores } from '../ports'
import { suspensionOf } from '../suspension'
import type { BatchStep } from './advance-batches'
import type { BatchSealing } from './batch-action'
import { openBatchAction } from './batch-action'
import type { BatchAudit } from './batch-audit'
import type { AuthorRights, BatchRights } from './batch-rights'
import { rightsRefusalOf } from './batch-rights'

/** Requests the next items of a batch, as their person would one by one, with the rights that the person has now. */
export class RequestStep implements BatchStep {
  constructor(
    private readonly writing: ActionWriting,
    private readonly sealing: Pick<BatchSealing, 'openBatch'>,
    private readonly stores: Pick<Stores, 'current'>,
    private readonly rightsOf: AuthorRights,
    private readonly audit: BatchAudit,
    private readonly journal: Journal,
  ) {}

  next(manager: EntityManager, { id }: BatchRow, limit: number): Promise<readonly BatchItem[]> {
    return readyItems(manager, id, limit)
  }

  async take(manager: EntityManager, batch: BatchRow, items: readonly BatchItem[], now: number): Promise<void> {
    const wanted = openBatchAction(this.sealing, batch, (error) =>
      this.journal.warn('the texts of a batch cannot be opened', error),
    )
    if (wanted === undefined) {
      await refuseReadyItems(manager, batch.id, 'TextsUnreadable')
      return
    }
    const rights = await this.rightsOf(manager, batch, now)
    if (rights === undefined) {
      await refuseReadyItems(manager, batch.id, 'AuthorInactive')
      return
    }
    const refused = await this.refusedItems(items, rights)
    const requested = items.filter((item) => !refused.some(({ n }) => n === item.n))
    const outcomes = await this.writing.decideAndWrite(
      manager,
      {
        ...{ org: batch.org, by: { kind: 'person', id: batch.by }, stores: rights.stores },
        requests: requested.map(({ caseId, intent, judged }) => ({ caseId, intent, judged, ...wanted })),
      },
      {
        ...{ now, undoMs: batch.undoMs, issueToken: () => '' },
        // The person has read and confirmed the warnings of each case when the batch was started, and no others.
        confirmationOf: ({ intent }) => ({ warnings: warningsOf(requested.find((item) => item.intent === intent)) }),
      },
    )
    const settled = requested.map((item, index) => settledBy(item, outcomes[index]))
    await settleItems(manager, batch.id, [...refused, ...settled])
    const taken = requested.filter((_, index) => settled[index]?.state === 'taken')
    await this.audit(
      manager,
      taken.map(({ caseId, intent }) => ({
        ...{ org: batch.org, actor: batch.actor, action: 'case.acted', caseId },
        details: { 'action.name': batch.action, batch: batch.id, intents: [intent], refused: 0, outcome: 'done' },
      })),
    )
  }

  /** Since the start, a store may have been paused, and the person may have lost rights. */
  private async refusedItems(
    items: readonly BatchItem[],
    rights: Omit<BatchRights, 'suspensionOf'>,
  ): Promise<readonly SettledItem[]> {
    const stores = new Map((await this.stores.current()).stores.map((store) => [store.id, store]))
    const now = { ...rights, suspensionOf: (store: number) => suspensionOf(stores.get(store) ?? {}) }
    return items.flatMap(({ n, store, amount }) => {
      const reason = rightsRefusalOf(now, store, amount)
      return reason === undefined ? [] : [{ n, state: 'refused' as const, reason }]
    })
  }
}

const warningsOf = (item: BatchItem | undefined): readonly ActionWarning[] =>
  (item?.warnings ?? '').split('-').filter((word): word is ActionWarning => Object.hasOwn(ACTION_WARNINGS, word))

const settledBy = ({ n }: BatchItem, outcome: ActionRequestOutcome | undefined): SettledItem =>
  outcome?.type === 'decided'
    ? { n, state: 'taken' }
    : { n, state: 'refused', reason: outcome?.reason ?? 'NoSuchCase', rule: outcome?.rule }
