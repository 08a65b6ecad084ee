import { createHash } from 'node:crypto'
import type { Task } from '#after-sale'
import { DEFAULT_TERMS, tasksOf } from '#after-sale'
import type { ReadModel } from '../question'

/** The tasks for people that the model derives from each case. A case without actions is never written. */
export const taskRows: ReadModel = {
  name: 'tasks',
  tables: [{ name: 'task', caseColumn: 'case_id' }],
  async apply(manager, changes) {
    const removed: TaskRow[] = []
    const added: TaskRow[] = []
    for (const { id, org, store, before, after } of changes) {
      if (before?.intents === undefined && after.intents === undefined) continue
      const previousTasks = before === undefined ? [] : tasksOf(before, DEFAULT_TERMS)
      const currentTasks = tasksOf(after, DEFAULT_TERMS)
      const row = (task: Task): TaskRow => ({ case_id: id, id: deriveTaskId(id, task.intent), org, store, ...task })
      removed.push(
        ...previousTasks.filter((task) => !currentTasks.some((other) => other.intent === task.intent)).map(row),
      )
      added.push(...currentTasks.filter((task) => !previousTasks.some((other) => areEqualTasks(other, task))).map(row))
    }
    if (removed.length > 0)
      await manager.query(REMOVE_TASKS, [removed.map((r) => r.case_id), removed.map((r) => r.intent)])
    if (added.length > 0)
      await manager.query(UPSERT_TASKS, [
        added.map((r) => r.case_id),
        added.map((r) => r.intent),
        added.map((r) => r.id),
        added.map((r) => r.org),
        added.map((r) => r.store),
        added.map((r) => r.reason),
        added.map((r) => r.due),
      ])
  },
}

interface TaskRow extends Task {
  readonly case_id: string
  readonly id: string
  readonly org: number
  readonly store: number
}

const areEqualTasks = (a: Task, b: Task): boolean => a.intent === b.intent && a.reason === b.reason && a.due === b.due

const deriveTaskId = (caseId: string, intent: string): string =>
  createHash('sha256').update(`${caseId}\n${intent}`).digest('hex').slice(0, 32)

const REMOVE_TASKS = `
  DELETE FROM task t USING unnest($1::uuid[], $2::text[]) AS g(case_id, intent) WHERE t.case_id = g.case_id AND t.intent = g.intent`

const UPSERT_TASKS = `
  INSERT INTO task (case_id, intent, id, org, store, reason, due_at)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[], $5::int[], $6::text[], $7::bigint[])
    AS p(case_id, intent, id, org, store, reason, due_at) ORDER BY 1, 2
  ON CONFLICT (case_id, intent) DO UPDATE SET reason = excluded.reason, due_at = excluded.due_at`
