import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'

/** A message in quarantine with the reason. `receivedAt`, and `at`, when it was quarantined: UTC ms. */
export interface QuarantineEntry {
  readonly messageId: number
  readonly app: number
  readonly store: number | null
  readonly channel: string
  readonly receivedAt: number
  readonly reason: string
  readonly detail: string
  readonly attempts: number
  readonly at: number
}

export interface QuarantinePage {
  readonly items: readonly QuarantineEntry[]
  /** Pass it as `before` for the next page; null on the last one. */
  readonly next: number | null
}

/** The messages in quarantine, newest first. */
export class QuarantineQuery extends Query<QuarantinePage> {
  constructor(
    readonly org: number,
    readonly limit: number,
    readonly before?: number,
    /** Only of these stores; absent: of every store. */
    readonly stores?: readonly number[],
  ) {
    super()
  }
}

/** One message in quarantine; undefined if the organisation has no such message there. */
export class QuarantinedQuery extends Query<QuarantineEntry | undefined> {
  constructor(
    readonly org: number,
    readonly messageId: number,
    /** Only of these stores; absent: of every store. */
    readonly stores?: readonly number[],
  ) {
    super()
  }
}

/** Whether a message still waits to be processed, e.g. after it was requeued. */
export class PendingQuery extends Query<boolean> {
  constructor(
    readonly org: number,
    readonly messageId: number,
  ) {
    super()
  }
}

const COLUMNS = `q.message_id AS "messageId", m.app, m.store, m.channel, m.received_at AS "receivedAt", q.reason, q.detail,
  q.attempts, q.at`
const LIST_QUARANTINED = `
  SELECT ${COLUMNS} FROM quarantine q JOIN message m ON m.id = q.message_id
  WHERE q.org = $1 AND q.message_id < $2 AND ($4::int[] IS NULL OR m.store = ANY ($4)) ORDER BY q.message_id DESC LIMIT $3`
const ONE_MESSAGE = `
  SELECT ${COLUMNS} FROM quarantine q JOIN message m ON m.id = q.message_id
  WHERE q.org = $1 AND q.message_id = $2 AND ($3::int[] IS NULL OR m.store = ANY ($3))`
const IS_PENDING = 'SELECT 1 FROM pending WHERE org = $1 AND message_id = $2'

@QueryHandler(QuarantineQuery)
export class QuarantineHandler implements IQueryHandler<QuarantineQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ org, limit, before, stores }: QuarantineQuery): Promise<QuarantinePage> {
    const values = [org, before ?? Number.MAX_SAFE_INTEGER, limit + 1, stores ?? null]
    const rows = await this.database.query<QuarantineEntry[]>(LIST_QUARANTINED, values)
    const items = rows.slice(0, limit)
    return { items, next: rows.length > limit ? (items.at(-1)?.messageId ?? null) : null }
  }
}

@QueryHandler(QuarantinedQuery)
export class QuarantinedHandler implements IQueryHandler<QuarantinedQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ org, messageId, stores }: QuarantinedQuery): Promise<QuarantineEntry | undefined> {
    const [row] = await this.database.query<QuarantineEntry[]>(ONE_MESSAGE, [org, messageId, stores ?? null])
    return row
  }
}

@QueryHandler(PendingQuery)
export class PendingHandler implements IQueryHandler<PendingQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ org, messageId }: PendingQuery): Promise<boolean> {
    return (await this.database.query<unknown[]>(IS_PENDING, [org, messageId])).length > 0
  }
}
