import type { Assignment, AssignmentOutcome, Note } from '#teamwork'
import { iso } from '../core/instants'
import { maskPhones } from '../core/mask-personal-data'
import { notFound, problemOf } from '../problems/problem.filter'
import type { AssignmentAnswer, AssignmentChanged, NoteAnswer } from './teamwork.answer'

export const assignmentAnswerOf = ({ id, assignee, by, at }: Assignment): AssignmentAnswer => ({
  id,
  assignee: { ...assignee },
  by: { ...by },
  at: iso(at),
})

export const assignmentOrNull = (assignment: Assignment | undefined): AssignmentAnswer | null =>
  assignment === undefined ? null : assignmentAnswerOf(assignment)

/** Phone numbers are shown by the audited reveal only, here as everywhere. */
export const noteAnswerOf = ({ id, author, passedTo, at, text }: Note): NoteAnswer => ({
  id,
  author,
  passedTo: passedTo ?? null,
  at: iso(at),
  text: text === undefined ? null : maskPhones(text),
})

/** @throws Problem where nothing was changed, with who was faster and when */
export function requireChanged(outcome: AssignmentOutcome): AssignmentChanged {
  switch (outcome.outcome) {
    case 'done':
      return { assignment: assignmentOrNull(outcome.assignment), changed: outcome.changed }
    case 'changed-meanwhile':
      throw problemOf('assigned-meanwhile', { more: { assignment: assignmentOrNull(outcome.assignment) } })
    case 'no-such-case':
      throw notFound()
    case 'case-ended':
    case 'not-a-colleague':
    case 'colleague-may-not-act':
    case 'too-many-notes':
      throw problemOf(outcome.outcome)
  }
}
