import type { EntityManager } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import type { StreamRow } from '#event-store'
import { loadOwnStreams, withdrawEffect } from '#event-store'
import type { BatchItem, BatchRow } from '#ledgers'
import { settleItems, takenItems } from '#ledgers'
import type { CaseCommand } from '../writing/case-command'
import type { CaseWriter } from '../writing/case-writer'
import type { BatchStep } from './advance-batches'
import type { BatchAudit } from './batch-audit'

/**
 * Withdraws the next items that were requested and have not left. As for a single action, the effect is ended first, in the same
 * transaction: a worker that has claimed it sends it, and then it is not withdrawn.
 */
export class RecallStep implements BatchStep {
  constructor(
    private readonly writer: CaseWriter,
    private readonly audit: BatchAudit,
  ) {}

  next(manager: EntityManager, { id, recallAfter }: BatchRow, limit: number): Promise<readonly BatchItem[]> {
    return takenItems(manager, id, recallAfter, limit)
  }

  async take(manager: EntityManager, batch: BatchRow, items: readonly BatchItem[], now: number): Promise<void> {
    const rows = await loadOwnStreams<AfterSaleCase>(
      manager,
      batch.org,
      items.map(({ caseId }) => caseId),
    )
    const by = { kind: 'person', id: batch.recalledBy ?? batch.by } as const
    const withdrawn: { readonly item: BatchItem; readonly caseCommand: CaseCommand }[] = []
    for (const item of items) {
      const row = rows.find(({ id }) => id === item.caseId)
      if (row === undefined || !isIntended(row, item.intent)) continue
      if ((await withdrawEffect(manager, { stream: row.id, intent: item.intent })) === undefined) continue
      const command = { type: 'CloseAction', intent: item.intent, as: 'withdrawn', by, now } as const
      withdrawn.push({
        item,
        caseCommand: { id: row.id, org: batch.org, store: row.store, messageId: null, command },
      })
    }
    const results = await this.writer.write(
      manager,
      withdrawn.map(({ caseCommand }) => caseCommand),
      now,
      rows,
    )
    // Strategies may judge the same cases, and may be refused.
    const closed = results.filter(({ caseCommand }) => caseCommand.command.type === 'CloseAction')
    for (const { refused } of closed)
      if (refused !== undefined)
        throw new Error(`an action whose effect has ended was not withdrawn: ${refused.reason}`)
    await settleItems(
      manager,
      batch.id,
      withdrawn.map(({ item: { n } }) => ({ n, state: 'recalled' })),
    )
    await this.audit(
      manager,
      withdrawn.map(({ item: { caseId, intent } }) => ({
        ...{ org: batch.org, actor: batch.recallActor ?? batch.actor, action: 'case.action-closed', caseId },
        details: { as: 'withdrawn', intent, batch: batch.id, outcome: 'done' },
      })),
    )
  }
}

const isIntended = ({ state: { intents } }: StreamRow<AfterSaleCase>, intent: string): boolean =>
  intents?.find(({ id }) => id === intent)?.state === 'intended'
