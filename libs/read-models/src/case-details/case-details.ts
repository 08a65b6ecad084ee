import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { AfterSaleCase, Instant } from '#after-sale'
import { boundedText, NUMBER_LENGTH } from '../bounded-text'
import type { ItemRow, QueueItem } from '../operator-queue/queue-item'
import { ITEM_COLUMNS, toQueueItem } from '../operator-queue/queue-item'
import { trackingKeyOf } from './projection'

/** One case with its siblings, shared parcels and failed readings. */
export interface CaseDetails {
  readonly item: QueueItem
  readonly afterSale: AfterSaleCase
  /** Other cases of the same order, newest first, up to `MOST_SIBLINGS`. */
  readonly siblings: readonly QueueItem[]
  /** By tracking number of a parcel: the other cases that share it. */
  readonly sharedWith: ReadonlyMap<string, readonly SharingCase[]>
  /** The failed attempts to read the case from the marketplace; null: there are none since it was last shown. */
  readonly unread: UnreadCase | null
}

/** Failed attempts to read a case. Instants UTC ms. */
export interface UnreadCase {
  /** When the reading was first requested. */
  readonly askedAt: Instant
  readonly failingSince: Instant
  readonly attempts: number
  /** The kind of the last failure, e.g. `refused`. */
  readonly kind: string
  /** The marketplace's text, or our own. */
  readonly why: string
  readonly nextAt: Instant
}

export interface SharingCase {
  readonly caseId: string
  readonly caseNumber: string
}

/** Everything that the case page shows of one case; undefined if the organisation has no such case. */
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
/** Of all parcels of a case together. It only bounds the answer: few cases share a parcel. */
const MAX_SHARING = 200

const FIND_CASE = `
  SELECT s.state, ${ITEM_COLUMNS} FROM stream s JOIN queue_row q ON q.case_id = s.id WHERE s.id = $2 AND s.org = $1
    AND ($3::int[] IS NULL OR s.store = ANY ($3))`

const FIND_FAILED_READING = `
  SELECT asked_at AS "askedAt", failing_since AS "failingSince", attempts, failure_kind AS kind, failure AS why, not_before AS "nextAt"
  FROM reading WHERE stream = $2 AND org = $1 AND failing_since IS NOT NULL`

const CASES_OF_ORDER = `
  SELECT ${ITEM_COLUMNS} FROM case_search s JOIN queue_row q ON q.case_id = s.case_id
  WHERE s.org = $1 AND s.order_number = $2 AND s.case_id <> $3
    AND ($5::int[] IS NULL OR q.store = ANY ($5)) ORDER BY s.sorted_at DESC, s.case_id DESC LIMIT $4`

const CASES_SHARING_PARCELS = `
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
    const [row] = await this.database.query<(ItemRow & { state: AfterSaleCase })[]>(FIND_CASE, [
      org,
      caseId,
      stores ?? null,
    ])
    if (row === undefined) return undefined
    const { state: afterSale } = row
    const [siblings, sharedWith, [unread = null]] = await Promise.all([
      this.loadSiblings(org, caseId, afterSale, stores),
      this.loadSharing(org, caseId, afterSale, stores),
      this.database.query<UnreadCase[]>(FIND_FAILED_READING, [org, caseId]),
    ])
    return { item: toQueueItem(row), afterSale, siblings, sharedWith, unread }
  }

  private async loadSiblings(
    org: number,
    caseId: string,
    { order }: AfterSaleCase,
    stores?: readonly number[],
  ): Promise<QueueItem[]> {
    if (order === undefined) return []
    const orderNumber = boundedText(order.orderNumber, NUMBER_LENGTH)
    const values = [org, orderNumber, caseId, MOST_SIBLINGS, stores ?? null]
    return (await this.database.query<ItemRow[]>(CASES_OF_ORDER, values)).map(toQueueItem)
  }

  private async loadSharing(
    org: number,
    caseId: string,
    { goods }: AfterSaleCase,
    stores?: readonly number[],
  ): Promise<Map<string, SharingCase[]>> {
    const parcels = goods?.parcels ?? []
    const sharingByTracking = new Map<string, SharingCase[]>()
    if (parcels.length === 0) return sharingByTracking
    const keys = parcels.map(({ tracking }) => trackingKeyOf(tracking))
    const rows = await this.database.query<SharingRow[]>(CASES_SHARING_PARCELS, [
      org,
      keys,
      caseId,
      MAX_SHARING,
      stores ?? null,
    ])
    for (const { tracking } of parcels) {
      const key = trackingKeyOf(tracking)
      const rowsOfParcel = rows.filter((row) => row.tracking === key)
      sharingByTracking.set(
        tracking,
        rowsOfParcel.map(({ case_id, case_number }) => ({ caseId: case_id, caseNumber: case_number })),
      )
    }
    return sharingByTracking
  }
}
