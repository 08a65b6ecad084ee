import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { CaseEvent, Term } from '#after-sale'
import { changesOf, summaryOf } from './event-summaries'

/** One event of a case and the message that reported it. `at`: at the platform, `recordedAt`: when we stored it, UTC ms. */
export interface TimelineEntry {
  readonly version: number
  readonly type: string
  readonly at: number
  readonly recordedAt: number
  readonly summary: Term
  readonly changes: Readonly<Record<string, unknown>>
  readonly message: { readonly id: number; readonly channel: string; readonly receivedAt: number } | null
}

/** A page of the timeline of a case. */
export interface TimelinePage {
  readonly items: readonly TimelineEntry[]
  /** Pass it as `before` to read older events; null: there are none. */
  readonly next: number | null
}

/** The events of a case with a version below `before`, newest first. Undefined if the organisation has no such case. */
export class TimelineQuery extends Query<TimelinePage | undefined> {
  constructor(
    readonly org: number,
    readonly caseId: string,
    readonly limit: number,
    readonly before?: number,
  ) {
    super()
  }
}

const CASE_EXISTS = 'SELECT 1 FROM stream WHERE id = $1 AND org = $2'
const READ_EVENTS = `
  SELECT e.version, e.type, e.body, e.occurred_at, e.recorded_at, m.id AS message, m.channel, m.received_at
  FROM event e LEFT JOIN message m ON m.id = e.message_id AND m.org = e.org
  WHERE e.stream = $1 AND e.org = $2 AND e.version < $3 ORDER BY e.version DESC LIMIT $4`

interface EventRow {
  readonly version: number
  readonly type: string
  readonly body: object
  readonly occurred_at: number
  readonly recorded_at: number
  readonly message: number | null
  readonly channel: string
  readonly received_at: number
}

/** The greatest `int`: above every version, so that the newest events are read. */
const ABOVE_ALL_VERSIONS = 2_147_483_647

@QueryHandler(TimelineQuery)
export class TimelineHandler implements IQueryHandler<TimelineQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ org, caseId, limit, before }: TimelineQuery): Promise<TimelinePage | undefined> {
    const [caseRows, rows] = await Promise.all([
      this.database.query<unknown[]>(CASE_EXISTS, [caseId, org]),
      this.database.query<EventRow[]>(READ_EVENTS, [caseId, org, before ?? ABOVE_ALL_VERSIONS, limit + 1]),
    ])
    if (caseRows.length === 0) return undefined
    const items = rows.slice(0, limit).map(toTimelineEntry)
    return { items, next: rows.length > limit ? (items.at(-1)?.version ?? null) : null }
  }
}

function toTimelineEntry(row: EventRow): TimelineEntry {
  const event = { type: row.type, ...row.body } as CaseEvent
  const { message, channel, received_at: receivedAt } = row
  return {
    version: row.version,
    type: row.type,
    at: row.occurred_at,
    recordedAt: row.recorded_at,
    summary: summaryOf(event),
    changes: changesOf(event),
    message: message === null ? null : { id: message, channel, receivedAt },
  }
}
