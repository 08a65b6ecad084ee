import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { BatchAuthor, BatchRow } from '#ledgers'
import { lockBatch } from '#ledgers'
import type { BatchAction, BatchSealing } from './batch-action'
import { openBatchAction } from './batch-action'
import { sealingTroubleOf } from '../ports'
import type { BatchRights } from './batch-rights'
import type { FreezeBatchHandler } from './freeze-batch'
import { FreezeBatch } from './freeze-batch'

/** The same action for the cases of a batch where it failed, frozen as a new set. Answers the id, or `undefined`: there is nothing to retry. */
export class RetryBatch extends Command<string | undefined> {
  constructor(
    readonly org: number,
    readonly author: BatchAuthor,
    readonly rights: BatchRights,
    readonly batch: string,
    readonly caseIds: readonly string[],
  ) {
    super()
  }
}

@CommandHandler(RetryBatch)
export class RetryBatchHandler implements ICommandHandler<RetryBatch> {
  constructor(
    private readonly database: DataSource,
    private readonly freezing: FreezeBatchHandler,
    private readonly sealing: Pick<BatchSealing, 'openBatch'>,
  ) {}

  async execute({ org, author, rights, batch: id, caseIds }: RetryBatch): Promise<string | undefined> {
    const batch = await this.database.transaction((manager) => lockBatch(manager, org, id))
    // Only who wrote its texts sends them again.
    if (batch?.actor !== author.actor || batch.state !== 'ended' || batch.sealed === null || caseIds.length === 0)
      return undefined
    const wanted = this.open(batch, batch.sealed)
    if (wanted === undefined) return undefined
    return this.freezing.execute(new FreezeBatch(org, author, rights, wanted, caseIds, id))
  }

  /** `undefined`: the texts cannot be opened, and never will be. */
  private open(batch: Pick<BatchRow, 'org' | 'id'>, sealed: Buffer): BatchAction | undefined {
    try {
      return openBatchAction(this.sealing, batch, sealed)
    } catch (error) {
      const trouble = sealingTroubleOf(error)
      if (trouble === undefined || trouble === 'unknown-key') throw error
      return undefined
    }
  }
}
