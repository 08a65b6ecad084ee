import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource, EntityManager } from 'typeorm'
import { failpoint } from '#event-store'
import type { BatchItem, BatchRow } from '#ledgers'
import { endBatch, forgetBatches, lockBatch, lockNextBatch, noteStep, postponeBatch, refuseReadyItem } from '#ledgers'
import type { Clock, Journal } from '../ports'
import { sealingTroubleOf } from '../ports'
import { isTransient } from '../transient-errors'

/** Takes the next step of a batch that was started or called back. Answers how many items it processed; 0: nothing to do. */
export class AdvanceBatches extends Command<number> {}

/** Cases in one transaction: their rows are locked until it ends. */
const CASES_PER_STEP = 100
/** Sets that were not started, and texts for retries, are kept for a day. */
const KEPT_MS = 24 * 3_600_000
const FORGET_EVERY_MS = 60_000

/**
 * Each step is one transaction: the batch is locked, the next items are decided and written by the path of single actions, and
 * what became of them is recorded. A worker that dies loses the step and nothing else; the next one repeats it with the same ids.
 */
@CommandHandler(AdvanceBatches)
export class AdvanceBatchesHandler implements ICommandHandler<AdvanceBatches> {
  private size: number
  private forgottenAt = -Infinity
  /** The first item of the step in progress, to be skipped if it alone makes the step fail. */
  private current: { readonly batch: BatchRow; readonly first: BatchItem } | undefined

  constructor(
    private readonly database: DataSource,
    private readonly requesting: BatchStep,
    private readonly recalling: BatchStep,
    private readonly clock: Clock,
    private readonly journal: Journal,
    private readonly casesPerStep = CASES_PER_STEP,
  ) {
    this.size = casesPerStep
  }

  async execute(): Promise<number> {
    this.current = undefined
    try {
      const processed = await this.database.transaction((manager) => this.step(manager))
      this.size = Math.min(this.casesPerStep, this.size * 2)
      if (processed === 0) await this.forget()
      return processed
    } catch (error) {
      return this.recover(error)
    }
  }

  /** @throws the error, where it is none of the cases: the step is repeated as it was */
  private async recover(error: unknown): Promise<number> {
    const { current } = this
    if (isTransient(error) || current === undefined) throw error
    if (sealingTroubleOf(error) === 'unknown-key') {
      // All processes know a new key within a few seconds. No case is to blame, and other batches need not wait for it.
      await postponeBatch(this.database, current.batch.id)
      throw error
    }
    if (this.size === 1) await this.skip(current, error)
    // The others of the step are not to blame: they are done one by one.
    this.size = 1
    return 1
  }

  private async step(manager: EntityManager): Promise<number> {
    const batch = await lockNextBatch(manager)
    if (batch === undefined) return 0
    const step = batch.state === 'recalling' ? this.recalling : this.requesting
    const items = await step.next(manager, batch, this.size)
    const [first] = items
    if (first === undefined) {
      await endBatch(manager, batch.id, this.clock())
      return 1
    }
    this.current = { batch, first }
    await step.take(manager, batch, items, this.clock())
    failpoint('batch.step')
    await noteStep(manager, batch.id, batch.state === 'recalling' ? (items.at(-1)?.n ?? 0) : 0)
    return items.length
  }

  /**
   * An item that cannot be written is refused; one that cannot be called back is left as it is. The step was undone and its lock is
   * gone, so another worker may have processed the item meanwhile: then it stays as that worker has left it.
   */
  private async skip({ batch, first }: { batch: BatchRow; first: BatchItem }, error: unknown): Promise<void> {
    this.journal.warn('an action of a batch could not be written', error)
    await this.database.transaction(async (manager) => {
      const now = await lockBatch(manager, batch.org, batch.id)
      if (now?.state !== batch.state || now.recallAfter !== batch.recallAfter) return
      if (batch.state === 'running') await refuseReadyItem(manager, batch.id, first.n, 'CouldNotBeWritten')
      await noteStep(manager, batch.id, batch.state === 'recalling' ? first.n : 0)
    })
  }

  private async forget(): Promise<void> {
    const elapsed = performance.now() - this.forgottenAt
    if (elapsed < FORGET_EVERY_MS) return
    this.forgottenAt = performance.now()
    await this.database.transaction((manager) => forgetBatches(manager, this.clock() - KEPT_MS))
  }
}

/** How the items of a batch are processed: requested, or called back. */
export interface BatchStep {
  next(manager: EntityManager, batch: BatchRow, limit: number): Promise<readonly BatchItem[]>
  take(manager: EntityManager, batch: BatchRow, items: readonly BatchItem[], now: number): Promise<void>
}
