/** Why a case was not taken, passed on or noted. */
export const TEAMWORK_PROBLEM_CODES = {
  'assigned-meanwhile': [
    409,
    'Assigned meanwhile',
    'A colleague was faster: `assignment` is who has the case now, since when, and by whom; null: unassigned. Nothing was changed.',
  ],
  'case-ended': [409, 'Case ended', 'The case has ended: there is nothing left to take.'],
  'not-a-colleague': [
    409,
    'No such colleague',
    'The person may not see the store of the case. Choose another colleague.',
  ],
  'colleague-may-not-act': [
    409,
    'May not act',
    'The role of this person may read cases and not act on them. Choose another colleague, or mention this one in a note.',
  ],
  'too-many-notes': [409, 'Too many notes', 'The case has 200 notes and takes no more.'],
} as const satisfies Readonly<Record<string, readonly [status: number, title: string, detail: string]>>
