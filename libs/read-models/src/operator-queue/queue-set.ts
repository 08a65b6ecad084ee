import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import { OPEN_TURNS, kindNumbersOf, lanesOf } from './lanes'
import type { QueueFilter } from './queue-page'
import { NEVER } from './queue-row'

/** The ids of all cases that a filter of the queue matches, nearest deadline first; at most `limit`. */
export class QueueSetQuery extends Query<readonly string[]> {
  constructor(
    readonly filter: QueueFilter,
    readonly limit: number,
  ) {
    super()
  }
}

const FIND_SET = `
  SELECT case_id AS id FROM queue_row
  WHERE org = $1 AND store = ANY ($2::int[]) AND turn = ANY ($3::text[])
    AND ($4::smallint[] IS NULL OR lane = ANY ($4)) AND ($5::smallint[] IS NULL OR kind_number = ANY ($5))
    AND ($6::bigint IS NULL OR due_at >= $6) AND ($7::bigint IS NULL OR due_at < $7)
    AND ($8::bigint IS NULL OR risk_fen >= $8) AND ($9::bigint IS NULL OR risk_fen <= $9)
    AND ($11::uuid[] IS NULL OR case_id = ANY ($11)) AND ($12::uuid[] IS NULL OR case_id <> ALL ($12))
  ORDER BY due_at, case_id LIMIT $10`

@QueryHandler(QueueSetQuery)
export class QueueSetHandler implements IQueryHandler<QueueSetQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ filter, limit }: QueueSetQuery): Promise<readonly string[]> {
    const { org, stores, turns = OPEN_TURNS, statuses, kinds, due, risk } = filter
    const { only, except }: Partial<Record<'only' | 'except', readonly string[]>> = filter.cases ?? {}
    // As on the pages of the queue: no finished case is named.
    if (only !== undefined && turns.includes('nobody')) return []
    // As on the pages of the queue: a case without a deadline is within no bounds of due times.
    const dueBefore = due === undefined ? null : (due.before ?? NEVER)
    const rows = await this.database.query<{ id: string }[]>(FIND_SET, [
      ...[org, stores, turns, statuses === undefined ? null : lanesOf({ turns, statuses }), kindNumbersOf(kinds)],
      ...[due?.from ?? null, dueBefore, risk?.from ?? null, risk?.to ?? null, limit, only ?? null, except ?? null],
    ])
    return rows.map(({ id }) => id)
  }
}
