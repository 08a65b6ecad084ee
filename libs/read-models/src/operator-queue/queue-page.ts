import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { Fen, Instant, Kind, Status, Turn } from '#after-sale'
import { encodeCursor, FIRST_ID, LAST_ID, parseCursor } from '../cursor'
import { kindNumbersOf, lanesOf, OPEN_TURNS } from './lanes'
import type { QueueOrder } from './queue-page-sql'
import { QUEUE_ORDERS } from './queue-page-sql'
import type { ItemRow, QueueItem } from './queue-item'
import type { NamedCases } from './queue-part-sql'
import { partPageOf } from './queue-part-sql'
import { toQueueItem } from './queue-item'
import { NEVER } from './queue-row'

/** Which cases of the queue to show. */
export interface QueueFilter {
  readonly org: number
  /** The stores to show; stores of other organisations match nothing. */
  readonly stores: readonly number[]
  /** Whether `stores` are all stores of the organisation: the answer is the same, but faster. */
  readonly everyStore?: boolean
  /** Absent: everything open. `nobody` means finished cases, and cannot be combined with other turns. */
  readonly turns?: readonly Turn[]
  readonly statuses?: readonly Status[]
  readonly kinds?: readonly Kind[]
  /** `from` inclusive, `before` exclusive, UTC ms. */
  readonly due?: { readonly from?: Instant; readonly before?: Instant }
  /** Only these cases, or all but these: what people agreed on them is not known here. */
  readonly cases?: NamedCases
  /** Both inclusive, fen. */
  readonly risk?: { readonly from?: Fen; readonly to?: Fen }
}

/** A page of cases. */
export interface QueuePage {
  readonly items: readonly QueueItem[]
  /** The cursor of the next page; null on the last. */
  readonly next: string | null
}

/**
 * A page of the queue: nearest deadline first, or most money at risk first; finished cases always newest change first.
 * Rejects with `BadCursor`.
 */
export class QueuePageQuery extends Query<QueuePage> {
  constructor(
    readonly filter: QueueFilter,
    readonly sort: 'deadline' | 'risk',
    readonly limit: number,
    readonly cursor?: string,
  ) {
    super()
  }
}

const EMPTY_PAGE: QueuePage = { items: [], next: null }
type PageRow = ItemRow & { readonly sort_key: number }
type RareRow = { readonly found: number } & (PageRow | { readonly sort_key: null })

@QueryHandler(QueuePageQuery)
export class QueuePageHandler implements IQueryHandler<QueuePageQuery> {
  /** So many matching rows at most are gathered and sorted. If more match, the sorted index quickly gives a page of them. */
  protected readonly maxGathered: number = 2_500

  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ filter, sort, limit, cursor }: QueuePageQuery): Promise<QueuePage> {
    const { stores, turns = OPEN_TURNS, due, risk, cases } = filter
    const isFinished = turns.includes('nobody')
    const order = QUEUE_ORDERS[isFinished ? 'finished' : sort]
    const position = cursor === undefined ? order.start : parseCursor(cursor, order.name)
    // A finished case has no assignee, so none is named.
    if (isFinished && cases !== undefined && 'only' in cases) return EMPTY_PAGE
    // Nor has it a deadline, or money at risk.
    if (stores.length === 0 || (isFinished && (due !== undefined || (risk?.from ?? 0) > 0))) return EMPTY_PAGE
    const rows = isFinished
      ? this.readFinished(order, position, limit + 1, filter)
      : this.readOpen(order, position, limit + 1, { ...filter, turns })
    return buildPage(order, limit, await rows)
  }

  private readFinished(
    order: QueueOrder,
    { key, caseId }: QueueOrder['start'],
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

  private async readOpen(
    order: QueueOrder,
    position: QueueOrder['start'],
    rows: number,
    filter: OpenFilter,
  ): Promise<PageRow[]> {
    const { org, stores, everyStore, turns, due, risk, statuses, kinds, cases } = filter
    const { key, caseId } = laterPosition(positionBeforeBound(order, filter), position, order)
    const hasChosenLanes = statuses !== undefined || kinds !== undefined
    const isBounded = due !== undefined || risk !== undefined
    const isWhole = cases === undefined && turns === OPEN_TURNS && !hasChosenLanes && !isBounded
    if (isWhole && everyStore === true && order.everything !== undefined)
      return this.database.query(order.everything, [org, stores, key, caseId, rows])
    const dueBefore = due === undefined ? AFTER_NEVER : (due.before ?? NEVER)
    const bounds = [due?.from ?? 0, dueBefore, risk?.from ?? 0, risk?.to ?? Number.MAX_SAFE_INTEGER]
    const values = [
      org,
      stores,
      hasChosenLanes ? lanesOf(filter) : null,
      key,
      caseId,
      rows,
      kindNumbersOf(kinds),
      ...bounds,
    ]
    if (cases !== undefined && order.name !== 'finished') {
      const [page, named] = partPageOf(order.name, cases)
      return this.database.query(page, [...values, turns, named])
    }
    const [page, rare, all] = hasChosenLanes
      ? [order.chosen, order.rareChosen, values]
      : [order.page, order.rare, [...values, turns]]
    const isBoundedAcross = (order.name === 'risk' ? due : risk) !== undefined
    const gathered = isBoundedAcross ? await this.gatherRare(rare, all) : undefined
    return gathered ?? this.database.query(page, all)
  }

  /** Gathers all matching rows; undefined if there are too many. */
  private async gatherRare(sql: string | undefined, values: unknown[]): Promise<PageRow[] | undefined> {
    if (sql === undefined) return undefined
    const rows = await this.database.query<RareRow[]>(sql, [...values, this.maxGathered])
    return (rows[0]?.found ?? 0) > this.maxGathered
      ? undefined
      : rows.filter((row): row is PageRow & RareRow => row.sort_key !== null)
  }
}

/** The position just before the first row within the bound of the sorted column. */
function positionBeforeBound(order: QueueOrder, { due, risk }: QueueFilter): QueueOrder['start'] {
  if (order.name === 'deadline') return { key: (due?.from ?? 0) - 1, caseId: LAST_ID }
  return { key: risk?.to === undefined ? Number.MAX_SAFE_INTEGER : risk.to + 1, caseId: FIRST_ID }
}

function laterPosition(
  bound: QueueOrder['start'],
  position: QueueOrder['start'],
  { name }: QueueOrder,
): QueueOrder['start'] {
  const isFurther = name === 'deadline' ? position.key > bound.key : position.key < bound.key
  return isFurther || position.key === bound.key ? position : bound
}

type OpenFilter = QueueFilter & { readonly turns: readonly Turn[] }

/** `NEVER + 1`, so that rows without a due time are included; a text, because a JavaScript number cannot represent it. */
const AFTER_NEVER = '9007199254740992'

export function buildPage(order: { readonly name: string }, limit: number, rows: readonly PageRow[]): QueuePage {
  const shownRows = rows.slice(0, limit)
  const last = shownRows.at(-1)
  const hasMore = rows.length > limit && last !== undefined
  return {
    items: shownRows.map(toQueueItem),
    next: hasMore ? encodeCursor({ order: order.name, key: last.sort_key, caseId: last.case_id }) : null,
  }
}
