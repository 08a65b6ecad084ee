import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import { deleteExpiredPiece, extendRetention, expiredPieces } from '#ledgers'
import type { Clock, StoreTermsOf } from '../ports'
import type { EvidenceStore } from './evidence-store'
import { retentionEndOf } from './keep-evidence'

/** Deletes evidence that no one can request any more. Returns how many pieces were deleted. */
export class SweepEvidence extends Command<number> {}

/** How long before its end the retention of a piece is checked: longer than the pause between two runs of the loop. */
const AHEAD_MS = 86_400_000

/**
 * Before a piece is deleted, its case is checked: if it is still open or was disputed in the meantime, the piece is kept
 * longer. Any number of workers may sweep at once.
 */
@CommandHandler(SweepEvidence)
export class SweepEvidenceHandler implements ICommandHandler<SweepEvidence> {
  constructor(
    private readonly database: DataSource,
    private readonly evidence: EvidenceStore,
    private readonly termsOf: StoreTermsOf,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<number> {
    const now = this.clock()
    const terms = await this.termsOf(this.database)
    for (const { state, ...piece } of await expiredPieces<AfterSaleCase>(this.database, now + AHEAD_MS)) {
      const keepUntil = retentionEndOf(state, now, terms(piece.store))
      if (keepUntil > piece.keepUntil && (await this.evidence.extendRetention(piece.org, piece.hash, keepUntil)))
        await extendRetention(this.database, piece, keepUntil)
      else if (piece.keepUntil <= now) await deleteExpiredPiece(this.database, piece, now)
    }
    return this.evidence.sweep(now)
  }
}
