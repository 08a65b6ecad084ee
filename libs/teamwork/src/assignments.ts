import { randomUUID } from 'node:crypto'
import type { DataSource, EntityManager } from 'typeorm'
import type { PersonActor } from '#access'
import type { Assignment } from './assignment-lookup'
import { findAssignments } from './assignment-lookup'
import type { LockedCase } from './case-lock'
import { lockCase } from './case-lock'
import { findColleagues } from './colleagues'
import type { Note, Notes } from './notes'
import { announceChange } from './teamwork-changes'

export type AssignmentOutcome =
  /** `changed`: false where it was so already. */
  | { readonly outcome: 'done'; readonly assignment: Assignment | undefined; readonly changed: boolean }
  /** A colleague was faster; nothing was changed. `assignment`: as it is now, `undefined`: it was released, or the case ended. */
  | { readonly outcome: 'changed-meanwhile'; readonly assignment: Assignment | undefined }
  /** `not-a-colleague`: no person who may see the store of the case; `colleague-may-not-act`: one whose role may only read it. */
  | { readonly outcome: 'no-such-case' | 'case-ended' | 'not-a-colleague' | 'colleague-may-not-act' | 'too-many-notes' }

/** What the person saw: the id of the assignment, or that there was none. */
export type SeenAssignment = string | undefined

/**
 * Who works on which case. An assignment says who wants to handle a case; others can still act. Each change is
 * compared with the assignment that the person saw, so that no case is taken from a colleague unknowingly.
 */
export class Assignments {
  constructor(
    private readonly database: DataSource,
    private readonly notes: Notes,
    private readonly clock: () => number,
  ) {}

  claim(actor: PersonActor, caseId: string, seen: SeenAssignment): Promise<AssignmentOutcome> {
    return this.assign(actor, caseId, seen, { to: actor.id })
  }

  /** With a note, or not, in one transaction: the colleague never gets the case without the note. */
  passOn(
    actor: PersonActor,
    caseId: string,
    seen: SeenAssignment,
    pass: { readonly to: string; readonly note?: string },
  ): Promise<AssignmentOutcome> {
    return this.assign(actor, caseId, seen, pass)
  }

  release(actor: PersonActor, caseId: string, seen: SeenAssignment): Promise<AssignmentOutcome> {
    return this.database.transaction(async (manager) => {
      const locked = await lockCase(manager, actor, caseId)
      if (locked === undefined) return { outcome: 'no-such-case' }
      const current = await currentAssignment(manager, locked)
      if (current === undefined) return { outcome: 'done', assignment: undefined, changed: false }
      if (current.id !== seen) return { outcome: 'changed-meanwhile', assignment: current }
      await manager.query('DELETE FROM case_assignment WHERE case_id = $1 AND org = $2', [caseId, actor.org])
      await announceChange(manager, { ...locked, caseId })
      return { outcome: 'done', assignment: undefined, changed: true }
    })
  }

  private assign(
    actor: PersonActor,
    caseId: string,
    seen: SeenAssignment,
    { to, note }: { readonly to: string; readonly note?: string },
  ): Promise<AssignmentOutcome> {
    return this.database.transaction(async (manager) => {
      const locked = await lockCase(manager, actor, caseId)
      if (locked === undefined) return { outcome: 'no-such-case' }
      if (!locked.open) return { outcome: 'case-ended' }
      const current = await currentAssignment(manager, locked)
      if (current?.id !== seen) {
        // The same request, sent twice: it was done.
        return (await this.isDone(manager, actor, current, { to, note }))
          ? { outcome: 'done', assignment: current, changed: false }
          : { outcome: 'changed-meanwhile', assignment: current }
      }
      const colleagues = await findColleagues(manager, actor.org, [locked.store])
      const colleague = colleagues.find(({ id }) => id === to)
      if (colleague === undefined) return { outcome: 'not-a-colleague' }
      if (!colleague.mayTake) return { outcome: 'colleague-may-not-act' }
      if (note !== undefined && (await this.notes.isFull(manager, locked))) return { outcome: 'too-many-notes' }
      const at = this.clock()
      await manager.query(PUT_ASSIGNMENT, [caseId, randomUUID(), actor.org, locked.store, to, actor.id, at])
      if (note !== undefined)
        await this.notes.write(manager, actor, { ...locked, caseId, at, text: note, passedTo: to })
      await announceChange(manager, { ...locked, caseId })
      return { outcome: 'done', assignment: await currentAssignment(manager, locked), changed: true }
    })
  }

  /** Whether the assignment in force is what the person asks for, with the note, if there is one. */
  private async isDone(
    manager: EntityManager,
    { org, id }: PersonActor,
    current: Assignment | undefined,
    { to, note }: { readonly to: string; readonly note: string | undefined },
  ): Promise<boolean> {
    if (current === undefined || current.assignee.id !== to || current.by.id !== id) return false
    return note === undefined || (await this.notes.of(org, current.caseId, manager)).some(isNoteOf(current, note))
  }
}

const isNoteOf =
  ({ assignee, by, at }: Assignment, text: string) =>
  (note: Note): boolean =>
    note.author.id === by.id && note.passedTo?.id === assignee.id && note.at === at && note.text === text

const PUT_ASSIGNMENT = `
  INSERT INTO case_assignment (case_id, id, org, store, assignee, assigned_by, assigned_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (case_id) DO UPDATE SET id = excluded.id, store = excluded.store, assignee = excluded.assignee,
    assigned_by = excluded.assigned_by, assigned_at = excluded.assigned_at`

const currentAssignment = async (manager: EntityManager, { org, id }: LockedCase): Promise<Assignment | undefined> =>
  (await findAssignments(manager, org, [id])).get(id)
