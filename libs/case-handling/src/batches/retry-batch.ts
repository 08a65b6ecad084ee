import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { BatchAuthor } from '#ledgers'
import { lockBatch } from '#ledgers'
import type { BatchSealing } from './batch-action'
import { openBatchAction } from './batch-action'
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
    if (batch?.actor !== author.actor || batch.state !== 'ended' || caseIds.length === 0) return undefined
    const wanted = openBatchAction(this.sealing, batch)
    if (wanted === undefined) return undefined
    return this.freezing.execute(new FreezeBatch(org, author, rights, wanted, caseIds, id))
  }
}
