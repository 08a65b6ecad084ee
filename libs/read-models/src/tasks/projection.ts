import { createHash } from 'node:crypto'
import type { AfterSaleCase, Task, TermsOfTrade } from '#after-sale'
import { DEFAULT_TERMS, tasksOf } from '#after-sale'
import type { Projection } from '#event-store'

/** Keeps what people must see to, as the model derives it from each case; a case without actions costs nothing. */
export const tasksOn = (terms: TermsOfTrade = DEFAULT_TERMS): Projection<AfterSaleCase> => ({
  name: 'tasks',
  async apply(manager, changes) {
    const gone: Row[] = []
    const come: Row[] = []
    for (const { id, org, store, before, after } of changes) {
      if (before?.intents === undefined && after.intents === undefined) continue
      const was = before === undefined ? [] : tasksOf(before, terms)
      const is = tasksOf(after, terms)
      const row = (task: Task): Row => ({ case_id: id, id: taskIdOf(id, task.intent), org, store, ...task })
      gone.push(...was.filter((task) => !is.some((other) => other.intent === task.intent)).map(row))
      come.push(...is.filter((task) => !was.some((other) => same(other, task))).map(row))
    }
    if (gone.length > 0) await manager.query(REMOVE, [gone.map((r) => r.case_id), gone.map((r) => r.intent)])
    if (come.length > 0)
      await manager.query(PUT, [
        come.map((r) => r.case_id),
        come.map((r) => r.intent),
        come.map((r) => r.id),
        come.map((r) => r.org),
        come.map((r) => r.store),
        come.map((r) => r.reason),
        come.map((r) => r.due),
      ])
  },
})

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
