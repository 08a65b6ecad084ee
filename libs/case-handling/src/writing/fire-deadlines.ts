import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource, EntityManager } from 'typeorm'
import type { AfterSaleCase, FireTimer } from '#after-sale'
import type { FiredTimer, StreamRow } from '#event-store'
import { claimDueTimers, failpoint, withTenants } from '#event-store'
import { isTransient } from '../transient-errors'
import type { Clock, Journal } from '../ports'
import type { CaseCommand } from './case-command'
import type { CaseWriter } from './write-cases'

/** Process up to `limit` due timers. Returns how many were claimed. */
export class FireDeadlines extends Command<number> {
  constructor(readonly limit: number) {
    super()
  }
}

/** How long a case whose deadline cannot be written is skipped, ms of the machine. */
const SKIP_MS = 60_000

/**
 * A timer is only a question: the model decides by the current case whether it is still due. Claiming, deciding and
 * writing are one transaction. If it fails because of its content, fewer are claimed, down to one; that one's case is
 * skipped for a while, with its timer unchanged, and the others are processed.
 */
@CommandHandler(FireDeadlines)
export class FireDeadlinesHandler implements ICommandHandler<FireDeadlines> {
  constructor(
    private readonly database: DataSource,
    private readonly writer: CaseWriter,
    private readonly clock: Clock,
    private readonly journal: Journal,
  ) {}

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
      const [only, ...others] = fired
      if (only === undefined || isTransient(error)) throw error
      if (others.length > 0) return this.execute(new FireDeadlines(Math.floor(fired.length / 2)))
      this.journal.warn('a deadline could not be written; its case is skipped for a while', error)
      this.skippedUntil.set(only.id, performance.now() + SKIP_MS)
    }
    return fired.length
  }

  private async writeFired(
    manager: EntityManager,
    fired: readonly FiredTimer<AfterSaleCase>[],
    now: number,
  ): Promise<void> {
    failpoint('fire.claimed')
    const rows = new Map<string, StreamRow<AfterSaleCase>>(fired.map((f) => [f.id, f]))
    await this.writer.write(
      manager,
      fired.map((f) => commandOf(f, now)),
      now,
      [...rows.values()],
    )
    failpoint('fire.written')
  }

  private skippedCases(): string[] {
    const now = performance.now()
    for (const [id, end] of this.skippedUntil) if (end <= now) this.skippedUntil.delete(id)
    return [...this.skippedUntil.keys()]
  }
}

const commandOf = ({ id, org, store, kind, due }: FiredTimer<AfterSaleCase>, now: number): CaseCommand => ({
  id,
  org,
  store,
  messageId: null,
  command: { type: 'FireTimer', kind: kind as FireTimer['kind'], due, now },
})
