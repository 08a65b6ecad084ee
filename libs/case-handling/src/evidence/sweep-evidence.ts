import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import { deleteExpiredPiece, extendRetention, expiredPieces } from '#ledgers'
import type { Clock, StoreTermsOf } from '../ports'
import type { EvidenceStore } from './evidence-store'
import { keptUntil } from './keep-evidence'

/** Deletes the evidence that can no longer be asked for. Returns how many pieces were deleted. */
export class SweepEvidence extends Command<number> {}

/** Checked again this long before the end: longer than two runs of the loop are apart. */
const AHEAD_MS = 86_400_000

/**
 * Before a piece is deleted its case is checked again: one that is still open, or was disputed since, keeps it longer.
 * Any number of workers may sweep at once.
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
      const until = keptUntil(state, now, terms(piece.store))
      if (until > piece.keepUntil && (await this.evidence.keep(piece.org, piece.hash, until)))
        await extendRetention(this.database, piece, until)
      else if (piece.keepUntil <= now) await deleteExpiredPiece(this.database, piece, now)
    }
    return this.evidence.sweep(now)
  }
}
