import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { AfterSaleCase, EvidenceSubject, StoreTerms } from '#after-sale'
import { keepUntilOf } from '#after-sale'
import { noteChange } from '#event-store'
import { upsertPiece, judgePiece, logOperator } from '#ledgers'
import type { Clock, StoreTermsOf } from '../ports'
import type { EvidenceProblem, EvidenceStore } from './evidence-store'

/** What a person declares about a piece because it cannot be derived from the bytes. `capturedAt`: UTC ms. */
export interface DeclaredPiece {
  readonly shows?: EvidenceSubject
  readonly capturedAt?: number
}

export type KeepAnswer =
  | { readonly type: 'kept'; readonly hash: string }
  | { readonly type: 'refused'; readonly problem: EvidenceProblem | 'NoSuchCase' }

/** Adds a piece of evidence to a case. The same bytes are the same piece. */
export class KeepEvidence extends Command<KeepAnswer> {
  constructor(
    readonly org: number,
    readonly by: string,
    readonly caseId: string,
    readonly bytes: Buffer,
    readonly declared: DeclaredPiece,
  ) {
    super()
  }
}

/** Records that the platform judged a piece invalid or too late (R065). Returns whether there is such a piece. */
export class JudgeEvidence extends Command<boolean> {
  constructor(
    readonly org: number,
    readonly by: string,
    readonly caseId: string,
    readonly hash: string,
    readonly judged: { readonly invalid: boolean; readonly late: boolean },
  ) {
    super()
  }
}

/** Until when the evidence of a case is kept (UTC ms), by its deadlines and by requests for evidence that people attested. */
export const retentionEndOf = (afterSale: AfterSaleCase, now: number, { evidence }: StoreTerms): number =>
  keepUntilOf(afterSale, now, afterSale.facts?.evidenceAsked, evidence)

/**
 * Stores the bytes before the row. If it fails in between, bytes without a row are swept in time, whereas a row without
 * bytes would show evidence that does not exist.
 */
@CommandHandler(KeepEvidence)
export class KeepEvidenceHandler implements ICommandHandler<KeepEvidence> {
  constructor(
    private readonly database: DataSource,
    private readonly evidence: EvidenceStore,
    private readonly termsOf: StoreTermsOf,
    private readonly clock: Clock,
  ) {}

  async execute({ org, by, caseId, bytes, declared }: KeepEvidence): Promise<KeepAnswer> {
    const [row] = await this.database.query<{ store: number; state: AfterSaleCase }[]>(
      'SELECT store, state FROM stream WHERE id = $1 AND org = $2',
      [caseId, org],
    )
    if (row === undefined) return { type: 'refused', problem: 'NoSuchCase' }
    const now = this.clock()
    const keepUntil = retentionEndOf(row.state, now, (await this.termsOf(this.database))(row.store))
    const answer = await this.evidence.put(org, bytes, keepUntil)
    if (answer.type === 'refused') return answer
    const { hash, kind, type, bytes: size, width = null, height = null } = answer.piece
    const { shows = null, capturedAt = null } = declared
    noteChange({ hash })
    await upsertPiece(this.database, {
      ...{ stream: caseId, hash, org, store: row.store, type, kind, bytes: size, width, height, shows },
      ...{ capturedAt, keepUntil, addedBy: by, addedAt: now },
    })
    return { type: 'kept', hash }
  }
}

@CommandHandler(JudgeEvidence)
export class JudgeEvidenceHandler implements ICommandHandler<JudgeEvidence> {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  execute({ org, by, caseId, hash, judged }: JudgeEvidence): Promise<boolean> {
    return this.database.transaction(async (manager) => {
      const isListed = await judgePiece(manager, { org, stream: caseId, hash, ...judged, by })
      if (isListed) await logOperator(manager, { org, by, at: this.clock() }, 'evidence.judge', `${caseId}/${hash}`)
      return isListed
    })
  }
}
