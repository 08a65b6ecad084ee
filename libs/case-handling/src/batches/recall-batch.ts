import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource, EntityManager } from 'typeorm'
import type { BatchAuthor } from '#ledgers'
import { endBatch, lockBatch, recallReadyItems, setRecalling } from '#ledgers'
import type { Clock } from '../ports'

export type RecallOutcome = 'recalling' | 'repeated' | 'not-found'

/** A person calls back what of a batch has not left. A set that was not started is given up. */
export class RecallBatch extends Command<RecallOutcome> {
  constructor(
    readonly org: number,
    readonly id: string,
    readonly author: BatchAuthor,
    /** Whether the person may call back what others have started. */
    readonly mayRecallOthers: boolean,
  ) {
    super()
  }
}

/**
 * It waits for the step that is being written and is the last word: whatever that step has requested is withdrawn by the worker
 * as far as it has not been sent, and no further step requests anything.
 */
@CommandHandler(RecallBatch)
export class RecallBatchHandler implements ICommandHandler<RecallBatch> {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  execute(command: RecallBatch): Promise<RecallOutcome> {
    return this.database.transaction((manager) => this.recall(manager, command))
  }

  private async recall(
    manager: EntityManager,
    { org, id, author, mayRecallOthers }: RecallBatch,
  ): Promise<RecallOutcome> {
    const batch = await lockBatch(manager, org, id)
    if (batch === undefined || (batch.actor !== author.actor && !mayRecallOthers)) return 'not-found'
    if (batch.state === 'recalling') return 'repeated'
    await recallReadyItems(manager, id)
    if (batch.state === 'frozen') await endBatch(manager, id, this.clock())
    else await setRecalling(manager, id, { ...author, at: this.clock() })
    return 'recalling'
  }
}
