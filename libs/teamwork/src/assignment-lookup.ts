import type { EntityManager } from 'typeorm'
import type { Colleague } from './colleagues'
import { MAY_SEE_STORE } from './colleagues'

/** Who has taken a case, and who gave it to them when (UTC ms). `id` is new with each assignment. */
export interface Assignment {
  readonly id: string
  readonly caseId: string
  readonly assignee: Colleague
  readonly by: Colleague
  readonly at: number
}

interface AssignmentRow {
  readonly case_id: string
  readonly id: string
  readonly assignee: string
  readonly assignee_name: string
  readonly assigned_by: string
  readonly by_name: string
  readonly assigned_at: number
}

/** The case of a person who was disabled, or may no longer see its store, counts as unassigned. */
const IN_FORCE = `
  FROM case_assignment a JOIN membership m ON m.org = a.org AND m.person = a.assignee AND ${MAY_SEE_STORE}`

const FIND_ASSIGNMENTS = `
  SELECT a.case_id, a.id, a.assignee, p.display_name AS assignee_name, a.assigned_by, b.display_name AS by_name, a.assigned_at
  ${IN_FORCE} JOIN person p ON p.id = a.assignee JOIN person b ON b.id = a.assigned_by
  WHERE a.org = $1 AND a.case_id = ANY ($2::uuid[])`

export async function findAssignments(
  manager: Pick<EntityManager, 'query'>,
  org: number,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, Assignment>> {
  if (caseIds.length === 0) return new Map()
  const rows = await manager.query<AssignmentRow[]>(FIND_ASSIGNMENTS, [org, caseIds])
  return new Map(rows.map((row) => [row.case_id, assignmentOf(row)]))
}

const assignmentOf = (row: AssignmentRow): Assignment => ({
  id: row.id,
  caseId: row.case_id,
  assignee: { id: row.assignee, name: row.assignee_name },
  by: { id: row.assigned_by, name: row.by_name },
  at: row.assigned_at,
})

/** People hold dozens of cases, an organisation thousands: beyond this many the newest count. */
const MOST_ASSIGNED = 20_000

const FIND_ASSIGNED = `
  SELECT a.case_id ${IN_FORCE} WHERE a.org = $1 AND ($2::uuid IS NULL OR a.assignee = $2)
  ORDER BY a.assigned_at DESC LIMIT ${MOST_ASSIGNED}`

/** The cases that one person has taken; without a person, all that anyone has. */
export async function findAssignedCases(
  manager: Pick<EntityManager, 'query'>,
  org: number,
  person?: string,
): Promise<string[]> {
  const rows = await manager.query<{ case_id: string }[]>(FIND_ASSIGNED, [org, person ?? null])
  return rows.map(({ case_id }) => case_id)
}
