import type { DataSource, EntityManager } from 'typeorm'
import type { AfterSaleCase, MarketplaceAnswer } from '#after-sale'
import type { ActionOutcome } from '#connectors'
import type { StoredEffect } from '#event-store'
import { abandonEffect, findAbandonedEffects, answerEffect, claimEffect, loadStreams } from '#event-store'
import { isTransient } from '../transient-errors'
import type { Clock } from '../ports'
import type { CaseWriter } from '../writing/case-writer'
import { marketplaceAnswerOf, callResultOf, diagnosticTextOf } from './call-results'
import { LEASE_MS } from './held-claim'
import type { EffectRepository } from './perform-next-action'
import type { EffectConcurrency } from './semaphore'

/** Doubling pauses, 3.1 s in all: the claim must still be valid when the last attempt succeeds. */
const MAX_ATTEMPTS = 6
const FIRST_PAUSE_MS = 100

/** The effects of one store: claimed in one transaction, recorded in another, together with the events of the case. */
export class EffectLedger implements EffectRepository<StoredEffect> {
  constructor(
    private readonly database: DataSource,
    private readonly writer: CaseWriter,
    private readonly clock: Clock,
    private readonly store: number,
    private readonly holder: string,
    private readonly concurrency: EffectConcurrency,
  ) {}

  claim(): Promise<StoredEffect | undefined> {
    const request = { store: this.store, holder: this.holder, leaseMs: LEASE_MS }
    return this.concurrency.claims.run(() =>
      this.database.transaction((manager) => claimEffect(manager, { ...request, sentAt: this.clock() })),
    )
  }

  /** Retries while the database is unavailable; if that lasts until the claim expires, the effect is in doubt. */
  async record(effect: StoredEffect, outcome: ActionOutcome, sentAt: number): Promise<boolean> {
    for (let remainingRetries = MAX_ATTEMPTS - 1, pauseMs = FIRST_PAUSE_MS; ; remainingRetries--, pauseMs *= 2) {
      try {
        return await this.concurrency.records.run(() => this.recordOnce(effect, outcome, sentAt))
      } catch (error) {
        if (remainingRetries === 0 || !isTransient(error)) throw error
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
      }
    }
  }

  /** Marks effects whose claim expired without an answer as in doubt, whichever worker claimed them. Returns how many. */
  async markAbandonedInDoubt(limit: number): Promise<number> {
    const abandoned = await findAbandonedEffects(this.database, this.store, limit)
    for (const effect of abandoned) await this.concurrency.records.run(() => this.markInDoubt(effect))
    return abandoned.length
  }

  private markInDoubt(effect: StoredEffect): Promise<void> {
    return this.database.transaction(async (manager) => {
      const streams = await loadStreams<AfterSaleCase>(manager, [effect.stream])
      if ((await abandonEffect(manager, effect)) === undefined) return
      // The dead worker may have sent it until the last moment of its claim.
      await this.recordInCase(
        manager,
        effect,
        { type: 'in-doubt' },
        (effect.sentAt ?? this.clock()) + LEASE_MS,
        streams,
      )
    })
  }

  private recordOnce(effect: StoredEffect, outcome: ActionOutcome, sentAt: number): Promise<boolean> {
    return this.database.transaction(async (manager) => {
      // Streams are always locked before effects.
      const streams = await loadStreams<AfterSaleCase>(manager, [effect.stream])
      const life = await answerEffect(manager, effect, effect.token, callResultOf(outcome), diagnosticTextOf(outcome))
      if (life === undefined) return false
      if (life.state === 'ended')
        await this.recordInCase(manager, effect, marketplaceAnswerOf(outcome, life.endedAs), sentAt, streams)
      return true
    })
  }

  private async recordInCase(
    manager: EntityManager,
    { stream, intent, org, store }: StoredEffect,
    answer: MarketplaceAnswer,
    sentAt: number,
    streams: Awaited<ReturnType<typeof loadStreams<AfterSaleCase>>>,
  ): Promise<void> {
    const now = this.clock()
    const command = { type: 'RecordAnswer', intent, answer, sentAt, now } as const
    await this.writer.write(manager, [{ id: stream, org, store, messageId: null, command }], now, streams)
  }
}
