import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import { boundedText, NUMBER_LENGTH } from '../bounded-text'
import type { ItemRow, QueueItem } from '../operator-queue/queue-item'
import { ITEM_COLUMNS, itemOf } from '../operator-queue/queue-item'
import { trackingKeyOf } from './shared-parcels'

/** One case with what stands beside it. */
export interface CaseFile {
  readonly item: QueueItem
  readonly file: AfterSaleCase
  /** Other cases of the same order, newest first, up to `MOST_SIBLINGS`. */
  readonly siblings: readonly QueueItem[]
  /** Other cases by the tracking number of a parcel that they share with this one. */
  readonly sharedWith: ReadonlyMap<string, readonly string[]>
}

/** Undefined where the organisation has no such case. */
export class CaseFileQuery extends Query<CaseFile | undefined> {
  constructor(
    readonly org: number,
    readonly caseId: string,
  ) {
    super()
  }
}

export const MOST_SIBLINGS = 50
const MOST_SHARING = 200

const FILE = `
  SELECT s.state, ${ITEM_COLUMNS} FROM stream s JOIN queue_row q ON q.case_id = s.id WHERE s.id = $2 AND s.org = $1`

const SIBLINGS = `
  SELECT ${ITEM_COLUMNS} FROM case_search s JOIN queue_row q ON q.case_id = s.case_id
  WHERE s.org = $1 AND s.order_number = $2 AND s.case_id <> $3 ORDER BY s.sorted_at DESC, s.case_id DESC LIMIT $4`

const SHARING = `
  SELECT tracking, case_id FROM parcel_case WHERE org = $1 AND tracking = ANY($2::text[]) AND case_id <> $3
  ORDER BY tracking, case_id LIMIT $4`

@QueryHandler(CaseFileQuery)
export class CaseFileHandler implements IQueryHandler<CaseFileQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ org, caseId }: CaseFileQuery): Promise<CaseFile | undefined> {
    const [row] = await this.database.query<(ItemRow & { state: AfterSaleCase })[]>(FILE, [org, caseId])
    if (row === undefined) return undefined
    const { state: file } = row
    const [siblings, sharedWith] = await Promise.all([this.siblings(org, caseId, file), this.sharing(org, caseId, file)])
    return { item: itemOf(row), file, siblings, sharedWith }
  }

  private async siblings(org: number, caseId: string, { order }: AfterSaleCase): Promise<QueueItem[]> {
    if (order === undefined) return []
    const number = boundedText(order.orderNumber, NUMBER_LENGTH)
    return (await this.database.query<ItemRow[]>(SIBLINGS, [org, number, caseId, MOST_SIBLINGS])).map(itemOf)
  }

  private async sharing(org: number, caseId: string, { goods }: AfterSaleCase): Promise<Map<string, string[]>> {
    const parcels = goods?.parcels ?? []
    const others = new Map<string, string[]>()
    if (parcels.length === 0) return others
    const keys = parcels.map(({ tracking }) => trackingKeyOf(tracking))
    const rows = await this.database.query<{ tracking: string; case_id: string }[]>(SHARING, [org, keys, caseId, MOST_SHARING])
    for (const { tracking } of parcels) {
      const key = trackingKeyOf(tracking)
      others.set(tracking, rows.filter((row) => row.tracking === key).map((row) => row.case_id))
    }
    return others
  }
}
