import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { QueueFilter } from '#read-models'
import { findAssignedCases, findAssignments } from '#teamwork'
import type { CaseRow } from '../queue/queue.answer'
import { currentActor } from '../security/current-actor'
import { iso } from './instants'

/** Who has taken the cases of a list: the read models know cases only, so it is added to their answers. */
@Injectable()
export class Assignees {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async addTo<Page extends { readonly items: CaseRow[] }>(page: Page): Promise<Page> {
    return { ...page, items: await this.addToRows(page.items) }
  }

  async addToRows(rows: readonly CaseRow[]): Promise<CaseRow[]> {
    const ids = rows.map(({ caseId }) => caseId)
    const found = await findAssignments(this.database.manager, currentActor().org, ids)
    if (found.size === 0) return [...rows]
    return rows.map((row) => {
      const assignment = row.turn === 'nobody' ? undefined : found.get(row.caseId)
      if (assignment === undefined) return row
      return { ...row, assignee: { ...assignment.assignee, since: iso(assignment.at) } }
    })
  }

  /** The cases that a filter by assignee names. A program with a key has taken none. */
  async casesOf(assignee: string): Promise<NonNullable<QueueFilter['cases']>> {
    const { org, kind, id } = currentActor()
    const { manager } = this.database
    if (assignee === 'none') return { except: await findAssignedCases(manager, org) }
    if (assignee === 'me' && kind === 'key') return { only: [] }
    return { only: await findAssignedCases(manager, org, assignee === 'me' ? id : assignee) }
  }
}
