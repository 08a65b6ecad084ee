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
    /** Only of these stores; absent: of every store. */
    readonly stores?: readonly number[],
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

/** By several hashes: not in the order of the index, but only while keys are changed. */
const CONDITIONS = {
  order: 's.order_number = $5',
  name: 's.name_hash = $5',
  'name-of-several': 's.name_hash = ANY($5::text[])',
  phone: 's.phone_hash = $5',
  'phone-of-several': 's.phone_hash = ANY($5::text[])',
  'phone-tail': 's.phone_tail_hash = $5',
  'phone-tail-of-several': 's.phone_tail_hash = ANY($5::text[])',
  applied: 's.dated AND s.sorted_at >= $5 AND s.sorted_at < $6',
} as const

type Condition = keyof typeof CONDITIONS

/** Two statements a condition: a search of every store does not pay for the stores that others are limited to. */
const statementsOf = (withStores: boolean): Readonly<Record<Condition, string>> =>
  Object.fromEntries(
    Object.entries(CONDITIONS).map(([name, condition]) => {
      const stores = `$${name === 'applied' ? 7 : 6}::int[]`
      const limited = `EXISTS (SELECT 1 FROM queue_row w WHERE w.case_id = s.case_id AND w.store = ANY (${stores}))`
      return [name, sqlOf(withStores ? `${condition} AND ${limited}` : condition)]
    }),
  ) as Record<Condition, string>

const OF_EVERY_STORE = statementsOf(false)
const OF_SOME_STORES = statementsOf(true)

const conditionOf = (term: SearchTerm): Condition =>
  'hashes' in term && term.hashes.length > 1 ? `${term.by}-of-several` : term.by

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

  async execute({ org, term, limit, cursor, stores }: CaseSearchQuery): Promise<Page> {
    const order = { name: `search-${term.by}` }
    const { key, caseId } = cursor === undefined ? NEWEST : placeOf(cursor, order.name)
    const values = [org, key, caseId, limit + 1, ...valuesOf(term), ...(stores === undefined ? [] : [stores])]
    const sql = (stores === undefined ? OF_EVERY_STORE : OF_SOME_STORES)[conditionOf(term)]
    return pageOf(order, limit, await this.database.query<(ItemRow & { sort_key: number })[]>(sql, values))
  }
}
