import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { AfterSaleCase, Intent, TaskReason } from '#after-sale'
import { FIRST_ID, encodeCursor, parseCursor } from '../cursor'

/** Something that a person must do because of an action. `due`: UTC ms. */
export interface TaskItem {
  readonly caseId: string
  readonly caseNumber: string
  readonly marketplace: string
  readonly store: number
  readonly reason: TaskReason
  readonly due: number
  readonly intent: Intent
}

/** The tasks that are due now, longest due first; of some stores or of all. `next` is the cursor of the next page. */
export class TasksQuery extends Query<{ readonly items: readonly TaskItem[]; readonly next: string | null }> {
  constructor(
    readonly org: number,
    readonly now: number,
    readonly limit: number,
    readonly cursor?: string,
    readonly stores?: readonly number[],
  ) {
    super()
  }
}

const TASKS_ORDER = 'tasks'
const READ_DUE_TASKS = `
  SELECT t.case_id, t.intent, t.id, t.store, t.reason, t.due_at, s.state FROM task t JOIN stream s ON s.id = t.case_id
  WHERE t.org = $1 AND t.due_at <= $2 AND (t.due_at, t.id) > ($3, $4::uuid) AND ($5::int[] IS NULL OR t.store = ANY ($5))
  ORDER BY t.due_at, t.id LIMIT $6`

interface DueTaskRow {
  readonly case_id: string
  readonly intent: string
  readonly id: string
  readonly store: number
  readonly reason: TaskReason
  readonly due_at: number
  readonly state: AfterSaleCase
}

@QueryHandler(TasksQuery)
export class TasksHandler implements IQueryHandler<TasksQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({
    org,
    now,
    limit,
    cursor,
    stores,
  }: TasksQuery): Promise<{ items: readonly TaskItem[]; next: string | null }> {
    const position = cursor === undefined ? { key: 0, caseId: FIRST_ID } : parseCursor(cursor, TASKS_ORDER)
    const rows = await this.database.query<DueTaskRow[]>(READ_DUE_TASKS, [
      org,
      now,
      position.key,
      position.caseId,
      stores ?? null,
      limit + 1,
    ])
    const shownRows = rows.slice(0, limit)
    const last = rows.length > limit ? shownRows.at(-1) : undefined
    return {
      items: shownRows.flatMap(toTaskItems),
      next: last === undefined ? null : encodeCursor({ order: TASKS_ORDER, key: last.due_at, caseId: last.id }),
    }
  }
}

function toTaskItems({ case_id: caseId, intent: id, store, reason, due_at: due, state }: DueTaskRow): TaskItem[] {
  const intent = state.intents?.find((candidate) => candidate.id === id)
  if (intent === undefined) return []
  return [{ caseId, caseNumber: state.caseNumber, marketplace: state.marketplace, store, reason, due, intent }]
}
