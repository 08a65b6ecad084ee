import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { Instant } from '#after-sale'
import { prepared } from '#event-store'
import { boundedText, NUMBER_LENGTH } from '../bounded-text'
import { LAST_ID, parseCursor } from '../cursor'
import type { QueuePage } from '../operator-queue/queue-page'
import { buildPage } from '../operator-queue/queue-page'
import type { ItemRow } from '../operator-queue/queue-item'
import { ITEM_COLUMNS } from '../operator-queue/queue-item'

/**
 * What to search by (R169): a whole order number; the keyed hash of a whole name, a whole phone number or its last four
 * digits; or a time of application (`from` inclusive, `before` exclusive, UTC ms). While keys are rotated there are several
 * hashes, one for each key, and any of them may match.
 */
export type SearchTerm =
  | { readonly by: 'order'; readonly orderNumber: string }
  | { readonly by: 'name' | 'phone' | 'phone-tail'; readonly hashes: readonly string[] }
  | { readonly by: 'applied'; readonly from?: Instant; readonly before?: Instant }

/** Cases that match, open or finished, newest application first. Rejects with `BadCursor`. */
export class CaseSearchQuery extends Query<QueuePage> {
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

const buildSearchSql = (condition: string): string =>
  prepared(`
  WITH hits AS MATERIALIZED (
    SELECT s.sorted_at, s.case_id FROM case_search s
    WHERE s.org = $1 AND ${condition} AND (s.sorted_at, s.case_id) < ($2::bigint, $3::uuid)
    ORDER BY s.sorted_at DESC, s.case_id DESC LIMIT $4::int
  )
  SELECT hits.sorted_at AS sort_key, ${ITEM_COLUMNS} FROM hits JOIN queue_row q ON q.case_id = hits.case_id
  ORDER BY hits.sorted_at DESC, hits.case_id DESC`)

/** With several hashes the rows must be sorted, as no index has them in order; that is so only while keys are rotated. */
const TERM_CONDITIONS = {
  order: 's.order_number = $5',
  name: 's.name_hash = $5',
  'name-of-several': 's.name_hash = ANY($5::text[])',
  phone: 's.phone_hash = $5',
  'phone-of-several': 's.phone_hash = ANY($5::text[])',
  'phone-tail': 's.phone_tail_hash = $5',
  'phone-tail-of-several': 's.phone_tail_hash = ANY($5::text[])',
  applied: 's.dated AND s.sorted_at >= $5 AND s.sorted_at < $6',
} as const

type TermCondition = keyof typeof TERM_CONDITIONS

/** A search of every store has statements of its own: it need not look up the store of each row. */
const buildStatements = (withStores: boolean): Readonly<Record<TermCondition, string>> =>
  Object.fromEntries(
    Object.entries(TERM_CONDITIONS).map(([name, condition]) => {
      const stores = `$${name === 'applied' ? 7 : 6}::int[]`
      const isOfAskedStore = `EXISTS (SELECT 1 FROM queue_row w WHERE w.case_id = s.case_id AND w.store = ANY (${stores}))`
      return [name, buildSearchSql(withStores ? `${condition} AND ${isOfAskedStore}` : condition)]
    }),
  ) as Record<TermCondition, string>

const OF_EVERY_STORE = buildStatements(false)
const OF_SOME_STORES = buildStatements(true)

const conditionOf = (term: SearchTerm): TermCondition =>
  'hashes' in term && term.hashes.length > 1 ? `${term.by}-of-several` : term.by

function parametersOf(term: SearchTerm): unknown[] {
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

const BEFORE_NEWEST = { key: Number.MAX_SAFE_INTEGER, caseId: LAST_ID }

@QueryHandler(CaseSearchQuery)
export class CaseSearchHandler implements IQueryHandler<CaseSearchQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ org, term, limit, cursor, stores }: CaseSearchQuery): Promise<QueuePage> {
    const order = { name: `search-${term.by}` }
    const { key, caseId } = cursor === undefined ? BEFORE_NEWEST : parseCursor(cursor, order.name)
    const values = [org, key, caseId, limit + 1, ...parametersOf(term), ...(stores === undefined ? [] : [stores])]
    const statement = (stores === undefined ? OF_EVERY_STORE : OF_SOME_STORES)[conditionOf(term)]
    return buildPage(order, limit, await this.database.query<(ItemRow & { sort_key: number })[]>(statement, values))
  }
}
