import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { Fen, Instant, Kind, Status, Turn } from '#after-sale'
import { cursorOf, FIRST_ID, LAST_ID, placeOf } from '../cursor'
import { kindNumbersOf, lanesOf, OPEN_TURNS } from './lanes'
import type { Order } from './page-sql'
import { ORDERS } from './page-sql'
import type { ItemRow, QueueItem } from './queue-item'
import { itemOf } from './queue-item'
import { NEVER } from './queue-row'

export interface QueueFilter {
  readonly org: number
  /** The stores to show; stores of other organisations match nothing. */
  readonly stores: readonly number[]
  /** Set where these are all the organisation's stores: the answer is the same, but faster. */
  readonly everyStore?: boolean
  /** Absent: everything open. `nobody` means finished cases, and cannot be combined with other turns. */
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
type RareRow = { readonly found: number } & (PageRow | { readonly sort_key: null })

@QueryHandler(QueuePageQuery)
export class QueuePageHandler implements IQueryHandler<QueuePageQuery> {
  /** Up to so many matching rows are gathered and sorted. With more, a page is found quickly along the sorted index. */
  protected readonly rareUpTo: number = 2_500

  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ filter, sort, limit, cursor }: QueuePageQuery): Promise<Page> {
    const { stores, turns = OPEN_TURNS, due, risk } = filter
    const finished = turns.includes('nobody')
    const order = ORDERS[finished ? 'finished' : sort]
    const place = cursor === undefined ? order.start : placeOf(cursor, order.name)
    // A finished case has no deadline, and no money at risk.
    if (stores.length === 0 || (finished && (due !== undefined || (risk?.from ?? 0) > 0))) return EMPTY
    const read = finished
      ? this.finished(order, place, limit + 1, filter)
      : this.open(order, place, limit + 1, { ...filter, turns })
    return pageOf(order, limit, await read)
  }

  private finished(
    order: Order,
    { key, caseId }: Order['start'],
    rows: number,
    filter: QueueFilter,
  ): Promise<PageRow[]> {
    const lanes = lanesOf({ ...filter, turns: ['nobody'] })
    return this.database.query(order.page, [
      filter.org,
      filter.stores,
      lanes,
      key,
      caseId,
      rows,
      kindNumbersOf(filter.kinds),
    ])
  }

  private async open(order: Order, place: Order['start'], rows: number, filter: OpenFilter): Promise<PageRow[]> {
    const { org, stores, everyStore, turns, due, risk, statuses, kinds } = filter
    const { key, caseId } = notBefore(boundOf(order, filter), place, order)
    const chosen = statuses !== undefined || kinds !== undefined
    const bounded = due !== undefined || risk !== undefined
    if (everyStore === true && order.everything !== undefined && turns === OPEN_TURNS && !chosen && !bounded)
      return this.database.query(order.everything, [org, stores, key, caseId, rows])
    const before = due === undefined ? AFTER_NEVER : (due.before ?? NEVER)
    const bounds = [due?.from ?? 0, before, risk?.from ?? 0, risk?.to ?? Number.MAX_SAFE_INTEGER]
    const values = [org, stores, chosen ? lanesOf(filter) : null, key, caseId, rows, kindNumbersOf(kinds), ...bounds]
    const across = order.name === 'risk' ? due : risk
    const few = across === undefined ? undefined : await this.rare(order.rare, [...values, turns])
    if (few !== undefined) return few
    return chosen ? this.database.query(order.chosen, values) : this.database.query(order.page, [...values, turns])
  }

  /** The page by gathering all matching rows; undefined where there are too many. */
  private async rare(sql: string | undefined, values: unknown[]): Promise<PageRow[] | undefined> {
    if (sql === undefined) return undefined
    const rows = await this.database.query<RareRow[]>(sql, [...values, this.rareUpTo])
    return (rows[0]?.found ?? 0) > this.rareUpTo
      ? undefined
      : rows.filter((row): row is PageRow & RareRow => row.sort_key !== null)
  }
}

/** The place just before the first row inside the bound on the sorted column. */
function boundOf(order: Order, { due, risk }: QueueFilter): Order['start'] {
  if (order.name === 'deadline') return { key: (due?.from ?? 0) - 1, caseId: LAST_ID }
  return { key: risk?.to === undefined ? Number.MAX_SAFE_INTEGER : risk.to + 1, caseId: FIRST_ID }
}

function notBefore(bound: Order['start'], place: Order['start'], { name }: Order): Order['start'] {
  const further = name === 'deadline' ? place.key > bound.key : place.key < bound.key
  return further || place.key === bound.key ? place : bound
}

type OpenFilter = QueueFilter & { readonly turns: readonly Turn[] }

/** Greater than NEVER, so that rows without a due time are included. A text, since no exact number is that large. */
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
