import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import type { EvidencePieceRow } from '#ledgers'
import { piecesOf } from '#ledgers'

/** The evidence of one case, in the order in which it was added, with the case, which decides what is required. */
export interface CaseEvidence {
  readonly store: number
  readonly afterSale: AfterSaleCase
  readonly pieces: readonly EvidencePieceRow[]
}

/** The evidence of one case; undefined if the organisation has no such case. */
export class CaseEvidenceQuery extends Query<CaseEvidence | undefined> {
  constructor(
    readonly org: number,
    readonly caseId: string,
  ) {
    super()
  }
}

@QueryHandler(CaseEvidenceQuery)
export class CaseEvidenceHandler implements IQueryHandler<CaseEvidenceQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ org, caseId }: CaseEvidenceQuery): Promise<CaseEvidence | undefined> {
    const [row] = await this.database.query<{ store: number; state: AfterSaleCase }[]>(
      'SELECT store, state FROM stream WHERE id = $1 AND org = $2',
      [caseId, org],
    )
    if (row === undefined) return undefined
    return { store: row.store, afterSale: row.state, pieces: await piecesOf(this.database, [caseId]) }
  }
}
