import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource, EntityManager } from 'typeorm'
import { noteChange } from '#event-store'
import type { BatchAuthor, BatchItem } from '#ledgers'
import { casesRetriedElsewhere, itemsOfBatch, lockBatch, setRunning, settleItems } from '#ledgers'
import type { Clock } from '../ports'
import { BATCH_VALID_MS } from './batch-action'
import type { BatchRights } from './batch-rights'
import { rightsRefusalOf } from './batch-rights'

/** What the person has read before starting. */
export interface ConfirmedPreview {
  /** How many cases are to be sent. */
  readonly cases: number
  /** What they cost together, fen; without the unknown amounts. */
  readonly totalFen: number
  /** All warnings that were shown. */
  readonly warnings: readonly string[]
}

/**
 * `repeated`: it was started before, by the same request. `expired`: the preview is too old. `differs`: what was confirmed is
 * not what is frozen. `nothing`: nothing of it may be sent.
 */
export type StartOutcome = 'started' | 'repeated' | 'not-found' | 'expired' | 'differs' | 'nothing'

/** The person who froze a set starts it. Any other person is answered as if there were none. */
export class StartBatch extends Command<StartOutcome> {
  constructor(
    readonly org: number,
    readonly id: string,
    readonly author: BatchAuthor,
    /** The rights of now: they may be fewer than when the set was frozen. */
    readonly rights: BatchRights,
    readonly confirmed: ConfirmedPreview,
  ) {
    super()
  }
}

/** Nothing is sent here: the worker requests the items step by step, also where this process ends at once. */
@CommandHandler(StartBatch)
export class StartBatchHandler implements ICommandHandler<StartBatch> {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    /** How long actions that cost money wait before they are sent, ms. */
    private readonly undoMs: number,
  ) {}

  execute(command: StartBatch): Promise<StartOutcome> {
    return this.database.transaction((manager) => this.start(manager, command))
  }

  private async start(
    manager: EntityManager,
    { org, id, author, rights, confirmed }: StartBatch,
  ): Promise<StartOutcome> {
    const batch = await lockBatch(manager, org, id)
    if (batch?.actor !== author.actor) return 'not-found'
    if (batch.state !== 'frozen') return 'repeated'
    const at = this.clock()
    // A clock that was set back does not prolong it.
    if (at > batch.createdAt + BATCH_VALID_MS || at < batch.createdAt) return 'expired'
    const ready = (await itemsOfBatch(manager, id)).filter(({ state }) => state === 'ready')
    if (ready.length === 0) return 'nothing'
    if (!isSamePreview(previewOf(ready), confirmed)) return 'differs'
    const elsewhere = await casesRetriedElsewhere(manager, batch)
    const refused = ready.flatMap(({ n, caseId, store, amount }) => {
      const reason = elsewhere.has(caseId) ? 'AlreadyRetried' : rightsRefusalOf(rights, store, amount)
      return reason === undefined ? [] : [{ n, state: 'refused' as const, reason }]
    })
    await settleItems(manager, id, refused)
    await setRunning(manager, id, { at, undoMs: this.undoMs })
    noteChange({ cases: ready.length - refused.length, totalFen: confirmed.totalFen })
    return 'started'
  }
}

const previewOf = (ready: readonly Pick<BatchItem, 'amount' | 'warnings'>[]): ConfirmedPreview => ({
  cases: ready.length,
  // As the questions count it: a larger sum would not be exact.
  totalFen: Math.min(
    ready.reduce((sum, { amount }) => sum + (amount ?? 0), 0),
    Number.MAX_SAFE_INTEGER,
  ),
  warnings: [...new Set(ready.flatMap(({ warnings }) => (warnings === '' ? [] : warnings.split('-'))))].sort(),
})

const isSamePreview = (frozen: ConfirmedPreview, confirmed: ConfirmedPreview): boolean =>
  frozen.cases === confirmed.cases &&
  frozen.totalFen === confirmed.totalFen &&
  frozen.warnings.join('-') === [...new Set(confirmed.warnings)].sort().join('-')
