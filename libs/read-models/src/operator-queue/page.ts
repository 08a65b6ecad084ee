import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { Fen, Instant, Kind, Status, Turn } from '#after-sale'
import { cursorOf, placeOf } from '../cursor'
import { kindNumbersOf, lanesOf, OPEN_TURNS } from './lanes'
import type { Order } from './page-sql'
import { NARROW, ORDERS } from './page-sql'
import type { ItemRow, QueueItem } from './queue-item'
import { itemOf } from './queue-item'
import { NEVER } from './queue-row'

export interface QueueFilter {
  readonly org: number
  /** The stores to look at; of other organisations' stores nothing is found. */
  readonly stores: readonly number[]
  /** Absent: everything open. `nobody` asks for the finished ones and stands alone. */
  readonly turns?: readonly Turn[]
  readonly statuses?: readonly Status[]
  readonly kinds?: readonly Kind[]
  /** `from` inclusive, `before` exclusive, UTC ms. */
  readonly due?: { readonly from?: Instant; readonly before?: Instant }
  /** Both inclusive, fen. */
  readonly risk?: { readonly from?: Fen; readonly to?: Fen }
}

export interface Page {
  readonly items: readonly QueueItem[]
  /** Where the next page begins; null on the last. */
  readonly next: string | null
}

/**
 * A page of the queue: nearest deadline first, or most money at risk first; finished cases always newest change first.
 * Rejects with `BadCursor`.
 */
export class QueuePageQuery extends Query<Page> {
  constructor(
    readonly filter: QueueFilter,
    readonly sort: 'deadline' | 'risk',
    readonly limit: number,
    readonly cursor?: string,
  ) {
    super()
  }
}

const EMPTY: Page = { items: [], next: null }
type PageRow = ItemRow & { readonly sort_key: number }
type NarrowRow = { readonly found: number } & (PageRow | { readonly sort_key: null })

@QueryHandler(QueuePageQuery)
export class QueuePageHandler implements IQueryHandler<QueuePageQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ filter, sort, limit, cursor }: QueuePageQuery): Promise<Page> {
    const { org, stores, turns = OPEN_TURNS, due, risk } = filter
    const finished = turns.includes('nobody')
    const order = ORDERS[finished ? 'finished' : sort]
    const { key, caseId } = cursor === undefined ? order.start : placeOf(cursor, order.name)
    // A finished case has no deadline, and no money at risk.
    if (stores.length === 0 || (finished && (due !== undefined || (risk?.from ?? 0) > 0))) return EMPTY
    const lanes = lanesOf({ ...filter, turns: finished ? ['nobody'] : turns })
    const kinds = kindNumbersOf(filter.kinds)
    const scope = [org, stores, lanes, key, caseId, limit + 1, kinds]
    return pageOf(order, limit, await this.rows(order, scope, filter))
  }

  private async rows(order: Order, scope: unknown[], { due, risk }: QueueFilter): Promise<readonly PageRow[]> {
    if (order.name === 'finished') return this.database.query<PageRow[]>(order.page, scope)
    const beforeWhen = due === undefined ? AFTER_NEVER : (due.before ?? NEVER)
    const bounds = [due?.from ?? 0, beforeWhen, risk?.from ?? 0, risk?.to ?? Number.MAX_SAFE_INTEGER]
    const across = order.name === 'risk' ? due : risk
    if (across !== undefined && order.narrow !== undefined) {
      const rows = await this.database.query<NarrowRow[]>(order.narrow, [...scope, ...bounds])
      if ((rows[0]?.found ?? 0) <= NARROW) return rows.filter((row): row is PageRow & NarrowRow => row.sort_key !== null)
    }
    return this.database.query<PageRow[]>(order.page, [...scope, ...bounds])
  }
}

/** Beyond NEVER, so that rows without a due time are in. As a text: it is no exact number. */
const AFTER_NEVER = '9007199254740992'

export function pageOf(order: { readonly name: string }, limit: number, rows: readonly PageRow[]): Page {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const more = rows.length > limit && last !== undefined
  return {
    items: shown.map(itemOf),
    next: more ? cursorOf({ order: order.name, key: last.sort_key, caseId: last.case_id }) : null,
  }
}
