import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import { LAST_ID, encodeCursor, parseCursor } from '../cursor'
import type { BatchHead } from './batch'
import { HEAD_COLUMNS } from './batch'

/** A batch with how many of its cases are in which state. */
export interface ListedBatch extends BatchHead {
  readonly cases: number
  readonly ready: number
  readonly taken: number
  readonly refused: number
  readonly recalled: number
  /** What the cases that were not refused cost together, fen; without unknown amounts. */
  readonly fen: number
}

/** The batches of an organisation, newest first; those of one person (`actor`) or of all, with cases of some stores or of all. */
export class BatchListQuery extends Query<{ readonly items: readonly ListedBatch[]; readonly next: string | null }> {
  constructor(
    readonly org: number,
    readonly limit: number,
    readonly cursor?: string,
    readonly actor?: string,
    readonly stores?: readonly number[],
  ) {
    super()
  }
}

const ORDER = 'batches'
const LIST_BATCHES = `
  SELECT ${HEAD_COLUMNS}, i.* FROM action_batch b CROSS JOIN LATERAL (
    SELECT count(*) AS cases, count(*) FILTER (WHERE state = 'ready') AS ready, count(*) FILTER (WHERE state = 'taken') AS taken,
      count(*) FILTER (WHERE state = 'refused') AS refused, count(*) FILTER (WHERE state = 'recalled') AS recalled,
      least(coalesce(sum(amount_fen) FILTER (WHERE state <> 'refused'), 0), ${Number.MAX_SAFE_INTEGER})::bigint AS fen
    FROM action_batch_item WHERE batch = b.id AND ($5::int[] IS NULL OR store = ANY ($5))
  ) i
  WHERE b.org = $1 AND (b.created_at, b.id) < ($2, $3::uuid) AND ($4::text IS NULL OR b.actor = $4) AND i.cases > 0
  ORDER BY b.created_at DESC, b.id DESC LIMIT $6`

@QueryHandler(BatchListQuery)
export class BatchListHandler implements IQueryHandler<BatchListQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({
    org,
    limit,
    cursor,
    actor,
    stores,
  }: BatchListQuery): Promise<{ items: readonly ListedBatch[]; next: string | null }> {
    const { key, caseId } =
      cursor === undefined ? { key: Number.MAX_SAFE_INTEGER, caseId: LAST_ID } : parseCursor(cursor, ORDER)
    const of = [actor ?? null, stores ?? null, limit + 1]
    const rows = await this.database.query<ListedBatch[]>(LIST_BATCHES, [org, key, caseId, ...of])
    const items = rows.slice(0, limit)
    const last = rows.length > limit ? items.at(-1) : undefined
    return {
      items,
      next: last === undefined ? null : encodeCursor({ order: ORDER, key: last.createdAt, caseId: last.id }),
    }
  }
}
