import { createHash } from 'node:crypto'
import type { Task } from '#after-sale'
import { DEFAULT_TERMS, tasksOf } from '#after-sale'
import type { ReadModel } from '../question'

/** Tasks for people, as the model derives them from each case. A case without actions costs nothing. */
export const taskRows: ReadModel = {
  name: 'tasks',
  tables: [{ name: 'task', caseColumn: 'case_id' }],
  async apply(manager, changes) {
    const removed: Row[] = []
    const added: Row[] = []
    for (const { id, org, store, before, after } of changes) {
      if (before?.intents === undefined && after.intents === undefined) continue
      const was = before === undefined ? [] : tasksOf(before, DEFAULT_TERMS)
      const is = tasksOf(after, DEFAULT_TERMS)
      const row = (task: Task): Row => ({ case_id: id, id: taskIdOf(id, task.intent), org, store, ...task })
      removed.push(...was.filter((task) => !is.some((other) => other.intent === task.intent)).map(row))
      added.push(...is.filter((task) => !was.some((other) => same(other, task))).map(row))
    }
    if (removed.length > 0) await manager.query(REMOVE, [removed.map((r) => r.case_id), removed.map((r) => r.intent)])
    if (added.length > 0)
      await manager.query(PUT, [
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

interface Row extends Task {
  readonly case_id: string
  readonly id: string
  readonly org: number
  readonly store: number
}

const same = (a: Task, b: Task): boolean => a.intent === b.intent && a.reason === b.reason && a.due === b.due

const taskIdOf = (caseId: string, intent: string): string =>
  createHash('sha256').update(`${caseId}\n${intent}`).digest('hex').slice(0, 32)

const REMOVE = `
  DELETE FROM task t USING unnest($1::uuid[], $2::text[]) AS g(case_id, intent) WHERE t.case_id = g.case_id AND t.intent = g.intent`

const PUT = `
  INSERT INTO task (case_id, intent, id, org, store, reason, due_at)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[], $5::int[], $6::text[], $7::bigint[])
    AS p(case_id, intent, id, org, store, reason, due_at) ORDER BY 1, 2
  ON CONFLICT (case_id, intent) DO UPDATE SET reason = excluded.reason, due_at = excluded.due_at`
