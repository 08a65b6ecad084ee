import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { AfterSaleCase, EvidenceRequest } from '#after-sale'
import type { EvidencePieceRow } from '#ledgers'
import { piecesOf } from '#ledgers'

/** One open request for evidence, with its case and the evidence that the case has. */
export interface WantedEvidence {
  readonly caseId: string
  readonly store: number
  readonly afterSale: AfterSaleCase
  readonly request: EvidenceRequest
  readonly pieces: readonly EvidencePieceRow[]
}

/**
 * R046, R126: the open requests for evidence, the next to close first; requests without a known time come last.
 */
export class EvidenceWantedQuery extends Query<readonly WantedEvidence[]> {
  constructor(
    readonly org: number,
    readonly now: number,
    readonly limit: number,
    /** Only of these stores; absent: of every store. */
    readonly stores?: readonly number[],
  ) {
    super()
  }
}

// After the due time the platform accepts nothing (R125), so such requests are not listed.
const READ_WANTED = `
  SELECT w.case_id, w.store, w.request, s.state FROM evidence_wanted w JOIN stream s ON s.id = w.case_id
  WHERE w.org = $1 AND (w.due_at IS NULL OR w.due_at > $2)
    AND ($4::int[] IS NULL OR w.store = ANY ($4)) ORDER BY w.due_at NULLS LAST, w.case_id, w.n LIMIT $3`

interface WantedRow {
  readonly case_id: string
  readonly store: number
  readonly request: EvidenceRequest
  readonly state: AfterSaleCase
}

@QueryHandler(EvidenceWantedQuery)
export class EvidenceWantedHandler implements IQueryHandler<EvidenceWantedQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ org, now, limit, stores }: EvidenceWantedQuery): Promise<readonly WantedEvidence[]> {
    const rows = await this.database.query<WantedRow[]>(READ_WANTED, [org, now, limit, stores ?? null])
    const pieces = await piecesOf(this.database, [...new Set(rows.map((row) => row.case_id))])
    return rows.map(({ case_id: caseId, store, request, state: afterSale }) => ({
      caseId,
      store,
      afterSale,
      request,
      pieces: pieces.filter(({ stream }) => stream === caseId),
    }))
  }
}
