import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import { forgetPiece, keepPiece, piecesEnding } from '#ledgers'
import type { Clock, StoreTermsOf } from '../ports'
import type { EvidenceStore } from './evidence-store'
import { keptUntil } from './keep-evidence'

/** Throws away the evidence that nobody can ask for any more. Answers how many pieces have left the shelf. */
export class SweepEvidence extends Command<number> {}

/** Looked at again so long before the end: longer than two turns of the loop lie apart. */
const AHEAD_MS = 86_400_000

/**
 * Before a piece goes its case is looked at once more: one that is still open, or was disputed since, keeps it longer.
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
    for (const { state, ...piece } of await piecesEnding<AfterSaleCase>(this.database, now + AHEAD_MS)) {
      const until = keptUntil(state, now, terms(piece.store))
      if (until > piece.keep_until && (await this.evidence.keep(piece.org, piece.hash, until)))
        await keepPiece(this.database, piece, until)
      else if (piece.keep_until <= now) await forgetPiece(this.database, piece, now)
    }
    return this.evidence.sweep(now)
  }
}
