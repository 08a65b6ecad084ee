import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource, EntityManager } from 'typeorm'
import type { AfterSaleCase, FireTimer } from '#after-sale'
import type { FiredTimer, StreamRow } from '#event-store'
import { claimDueTimers, failpoint, withTenants } from '#event-store'
import { isTransient } from '../transient-errors'
import type { Clock, Journal } from '../ports'
import type { CaseCommand } from './case-command'
import type { CaseWriter } from './case-writer'

/** Process up to `limit` due timers. Returns how many were claimed. */
export class FireDeadlines extends Command<number> {
  constructor(readonly limit: number) {
    super()
  }
}

/** How long a case whose deadline cannot be written is skipped: it must not block the others, and is retried soon. */
const SKIP_MS = 60_000

/**
 * A due timer only asks the model, which decides by the current case whether the deadline has passed. Claiming, deciding
 * and writing are one transaction. If it fails because of one case, it is retried with half as many timers, down to one;
 * that case is then skipped for a while, its timer unchanged, and the others are processed.
 */
@CommandHandler(FireDeadlines)
export class FireDeadlinesHandler implements ICommandHandler<FireDeadlines> {
  constructor(
    private readonly database: DataSource,
    private readonly writer: CaseWriter,
    private readonly clock: Clock,
    private readonly journal: Journal,
  ) {}

  /** By case id, in monotonic ms: the marketplace's clock may be moved. */
  private readonly skippedUntil = new Map<string, number>()

  async execute({ limit }: FireDeadlines): Promise<number> {
    let fired: FiredTimer<AfterSaleCase>[] = []
    try {
      await this.database.transaction(async (manager) => {
        const now = this.clock()
        fired = await claimDueTimers<AfterSaleCase>(manager, now, limit, this.skippedCases())
        const organisations = fired.map(({ org }) => org)
        if (fired.length > 0) await withTenants(organisations, () => this.writeFired(manager, fired, now))
      })
    } catch (error) {
      const [firstTimer, ...otherTimers] = fired
      if (firstTimer === undefined || isTransient(error)) throw error
      if (otherTimers.length > 0) return this.execute(new FireDeadlines(Math.floor(fired.length / 2)))
      this.journal.warn('a deadline could not be written; its case is skipped for a while', error)
      this.skippedUntil.set(firstTimer.id, performance.now() + SKIP_MS)
    }
    return fired.length
  }

  private async writeFired(
    manager: EntityManager,
    fired: readonly FiredTimer<AfterSaleCase>[],
    now: number,
  ): Promise<void> {
    failpoint('fire.claimed')
    const rowsByCase = new Map<string, StreamRow<AfterSaleCase>>(fired.map((f) => [f.id, f]))
    await this.writer.write(
      manager,
      fired.map((f) => fireTimerCommand(f, now)),
      now,
      [...rowsByCase.values()],
    )
    failpoint('fire.written')
  }

  private skippedCases(): string[] {
    const now = performance.now()
    for (const [id, skipEnd] of this.skippedUntil) if (skipEnd <= now) this.skippedUntil.delete(id)
    return [...this.skippedUntil.keys()]
  }
}

const fireTimerCommand = ({ id, org, store, kind, due }: FiredTimer<AfterSaleCase>, now: number): CaseCommand => ({
  id,
  org,
  store,
  messageId: null,
  command: { type: 'FireTimer', kind: kind as FireTimer['kind'], due, now },
})
