import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { AfterSaleCase, Instant } from '#after-sale'
import { boundedText, NUMBER_LENGTH } from '../bounded-text'
import type { ItemRow, QueueItem } from '../operator-queue/queue-item'
import { ITEM_COLUMNS, itemOf } from '../operator-queue/queue-item'
import { trackingKeyOf } from './projection'

/** One case with its siblings, shared parcels and failed readings. */
export interface CaseDetails {
  readonly item: QueueItem
  readonly afterSale: AfterSaleCase
  /** Other cases of the same order, newest first, up to `MOST_SIBLINGS`. */
  readonly siblings: readonly QueueItem[]
  /** Other cases by the tracking number of a parcel that they share with this one. */
  readonly sharedWith: ReadonlyMap<string, readonly SharingCase[]>
  /** Where the marketplace was asked for the case and did not show it; null: it showed it, or was not asked. */
  readonly unread: UnreadCase | null
}

/** Failed attempts to read a case. Instants UTC ms. */
export interface UnreadCase {
  /** When it was first requested, and since when it fails. */
  readonly askedAt: Instant
  readonly failingSince: Instant
  readonly attempts: number
  /** One of few words, e.g. `refused`, and the marketplace's or our own text. */
  readonly kind: string
  readonly why: string
  readonly nextAt: Instant
}

export interface SharingCase {
  readonly caseId: string
  readonly caseNumber: string
}

/** Undefined where the organisation has no such case. */
export class CaseDetailsQuery extends Query<CaseDetails | undefined> {
  constructor(
    readonly org: number,
    readonly caseId: string,
    /** Only of these stores; absent: of every store. */
    readonly stores?: readonly number[],
  ) {
    super()
  }
}

export const MOST_SIBLINGS = 50
const MOST_SHARING = 200

const CASE = `
  SELECT s.state, ${ITEM_COLUMNS} FROM stream s JOIN queue_row q ON q.case_id = s.id WHERE s.id = $2 AND s.org = $1
    AND ($3::int[] IS NULL OR s.store = ANY ($3))`

const UNREAD = `
  SELECT asked_at AS "askedAt", failing_since AS "failingSince", attempts, failure_kind AS kind, failure AS why, not_before AS "nextAt"
  FROM reading WHERE stream = $2 AND org = $1 AND failing_since IS NOT NULL`

const SIBLINGS = `
  SELECT ${ITEM_COLUMNS} FROM case_search s JOIN queue_row q ON q.case_id = s.case_id
  WHERE s.org = $1 AND s.order_number = $2 AND s.case_id <> $3
    AND ($5::int[] IS NULL OR q.store = ANY ($5)) ORDER BY s.sorted_at DESC, s.case_id DESC LIMIT $4`

const SHARING = `
  SELECT p.tracking, p.case_id, q.case_number FROM parcel_case p JOIN queue_row q ON q.case_id = p.case_id
  WHERE p.org = $1 AND p.tracking = ANY($2::text[]) AND p.case_id <> $3
    AND ($5::int[] IS NULL OR q.store = ANY ($5)) ORDER BY p.tracking, q.case_number, p.case_id LIMIT $4`

interface SharingRow {
  readonly tracking: string
  readonly case_id: string
  readonly case_number: string
}

@QueryHandler(CaseDetailsQuery)
export class CaseDetailsHandler implements IQueryHandler<CaseDetailsQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ org, caseId, stores }: CaseDetailsQuery): Promise<CaseDetails | undefined> {
    const [row] = await this.database.query<(ItemRow & { state: AfterSaleCase })[]>(CASE, [org, caseId, stores ?? null])
    if (row === undefined) return undefined
    const { state: afterSale } = row
    const [siblings, sharedWith, [unread = null]] = await Promise.all([
      this.siblings(org, caseId, afterSale, stores),
      this.sharing(org, caseId, afterSale, stores),
      this.database.query<UnreadCase[]>(UNREAD, [org, caseId]),
    ])
    return { item: itemOf(row), afterSale, siblings, sharedWith, unread }
  }

  private async siblings(
    org: number,
    caseId: string,
    { order }: AfterSaleCase,
    stores?: readonly number[],
  ): Promise<QueueItem[]> {
    if (order === undefined) return []
    const number = boundedText(order.orderNumber, NUMBER_LENGTH)
    const values = [org, number, caseId, MOST_SIBLINGS, stores ?? null]
    return (await this.database.query<ItemRow[]>(SIBLINGS, values)).map(itemOf)
  }

  private async sharing(
    org: number,
    caseId: string,
    { goods }: AfterSaleCase,
    stores?: readonly number[],
  ): Promise<Map<string, SharingCase[]>> {
    const parcels = goods?.parcels ?? []
    const others = new Map<string, SharingCase[]>()
    if (parcels.length === 0) return others
    const keys = parcels.map(({ tracking }) => trackingKeyOf(tracking))
    const rows = await this.database.query<SharingRow[]>(SHARING, [org, keys, caseId, MOST_SHARING, stores ?? null])
    for (const { tracking } of parcels) {
      const key = trackingKeyOf(tracking)
      const sharing = rows.filter((row) => row.tracking === key)
      others.set(
        tracking,
        sharing.map(({ case_id: id, case_number: number }) => ({ caseId: id, caseNumber: number })),
      )
    }
    return others
  }
}
