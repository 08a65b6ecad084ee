import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { Instant } from '#after-sale'
import { prepared } from '#event-store'
import { boundedText, NUMBER_LENGTH } from '../bounded-text'
import { LAST_ID, placeOf } from '../cursor'
import type { Page } from '../operator-queue/page'
import { pageOf } from '../operator-queue/page'
import type { ItemRow } from '../operator-queue/queue-item'
import { ITEM_COLUMNS } from '../operator-queue/queue-item'

/**
 * What is searched by (R169): the whole order number; the keyed hashes of a whole name, of a whole phone number or of its
 * last four digits (several while keys are changed: any of them); or a time of application, `from` inclusive, `before` exclusive, UTC ms.
 */
export type SearchTerm =
  | { readonly by: 'order'; readonly orderNumber: string }
  | { readonly by: 'name' | 'phone' | 'phone-tail'; readonly hashes: readonly string[] }
  | { readonly by: 'applied'; readonly from?: Instant; readonly before?: Instant }

/** Cases that match, open or finished, newest application first. Rejects with `BadCursor`. */
export class CaseSearchQuery extends Query<Page> {
  constructor(
    readonly org: number,
    readonly term: SearchTerm,
    readonly limit: number,
    readonly cursor?: string,
  ) {
    super()
  }
}

const sqlOf = (condition: string): string =>
  prepared(`
  WITH hits AS MATERIALIZED (
    SELECT s.sorted_at, s.case_id FROM case_search s
    WHERE s.org = $1 AND ${condition} AND (s.sorted_at, s.case_id) < ($2::bigint, $3::uuid)
    ORDER BY s.sorted_at DESC, s.case_id DESC LIMIT $4::int
  )
  SELECT hits.sorted_at AS sort_key, ${ITEM_COLUMNS} FROM hits JOIN queue_row q ON q.case_id = hits.case_id
  ORDER BY hits.sorted_at DESC, hits.case_id DESC`)

const SQL: Readonly<Record<SearchTerm['by'], string>> = {
  order: sqlOf('s.order_number = $5'),
  name: sqlOf('s.name_hash = $5'),
  phone: sqlOf('s.phone_hash = $5'),
  'phone-tail': sqlOf('s.phone_tail_hash = $5'),
  applied: sqlOf('s.dated AND s.sorted_at >= $5 AND s.sorted_at < $6'),
}

/** By several hashes: not in the order of the index, but only while keys are changed. */
const SQL_OF_SEVERAL: Readonly<Record<string, string>> = {
  name: sqlOf('s.name_hash = ANY($5::text[])'),
  phone: sqlOf('s.phone_hash = ANY($5::text[])'),
  'phone-tail': sqlOf('s.phone_tail_hash = ANY($5::text[])'),
}

const sqlFor = (term: SearchTerm): string =>
  ('hashes' in term && term.hashes.length > 1 ? SQL_OF_SEVERAL[term.by] : undefined) ?? SQL[term.by]

function valuesOf(term: SearchTerm): unknown[] {
  switch (term.by) {
    case 'order':
      return [boundedText(term.orderNumber, NUMBER_LENGTH)]
    case 'name':
    case 'phone':
    case 'phone-tail':
      return [term.hashes.length > 1 ? term.hashes : term.hashes[0]]
    case 'applied':
      return [term.from ?? 0, term.before ?? Number.MAX_SAFE_INTEGER]
  }
}

const NEWEST = { key: Number.MAX_SAFE_INTEGER, caseId: LAST_ID }

@QueryHandler(CaseSearchQuery)
export class CaseSearchHandler implements IQueryHandler<CaseSearchQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ org, term, limit, cursor }: CaseSearchQuery): Promise<Page> {
    const order = { name: `search-${term.by}` }
    const { key, caseId } = cursor === undefined ? NEWEST : placeOf(cursor, order.name)
    const values = [org, key, caseId, limit + 1, ...valuesOf(term)]
    return pageOf(order, limit, await this.database.query<(ItemRow & { sort_key: number })[]>(sqlFor(term), values))
  }
}
