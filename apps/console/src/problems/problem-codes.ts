/**
 * What can go wrong, by a code that stays as it is: programs compare it, the page words it in the reader's language. Title
 * and detail are for whoever reads the answer itself; the detail says what to do. A code's words on the page stand in
 * `web/i18n/problems.ts`.
 */
export const PROBLEM_CODES = {
  'not-understood': [400, 'Not understood', 'Some of what was asked cannot be understood. `errors` names the fields.'],
  'wrong-cursor': [400, 'Wrong cursor', 'The cursor was not given for this list. Begin again without it.'],
  'search-by-one': [
    400,
    'Search by exactly one',
    'Search by exactly one of: order, name, phone, or a time of application (appliedFrom, appliedTo).',
  ],
  'operator-missing': [
    400,
    'Who are you?',
    'Say who does this: a name of at most 40 letters in the header x-operator.',
  ],
  'idempotency-key-missing': [
    400,
    'Idempotency key missing',
    'Give this action an id of your own: a UUID in the header Idempotency-Key.',
  ],
  'ends-before-it-begins': [400, 'Wrong time range', 'The time ends before it begins.'],
  'no-such-store': [400, 'No such store', 'A store that was named is not here. /api/stores lists them.'],
  'not-written-here': [400, 'Not written here', 'The advance refund is opened and closed, not written.'],
  'document-unusable': [
    400,
    'Document not usable',
    'The document cannot be used as it is. `errors` names the settings.',
  ],
  'no-such-policy': [400, 'No such policy', 'There is no such policy. /api/policies lists them.'],
  'evidence-empty': [400, 'Empty file', 'There is nothing in it.'],
  forbidden: [403, 'Forbidden', 'The console is spoken to from its own page on this machine only.'],
  'not-granted': [403, 'Not granted', 'The main account has not given you the strategies of these stores (R160).'],
  'main-account-only': [403, 'Main account only', 'Only the main account says who may work at strategies (R160).'],
  'not-found': [404, 'Not found', 'There is no such thing here.'],
  'page-not-built': [
    404,
    'Page not built',
    'The page has not been built (npm start builds it). The API is described at /docs.',
  ],
  'not-allowed': [405, 'Not allowed', 'This cannot be done here.'],
  'too-slow': [408, 'Too slow', 'The request did not come to its end in time. Send it again.'],
  conflict: [409, 'Conflict', 'It cannot be done as things stand. Look again.'],
  'action-refused': [409, 'Not done', 'The action was not done. `reason` says why.'],
  'changed-meanwhile': [409, 'Changed meanwhile', 'Somebody else has changed this meanwhile. Look again.'],
  'trial-missing': [409, 'Trial missing', 'Live needs a finished trial of this very version at these stores.'],
  'trial-running': [409, 'Trial running', 'The trial is still running. Wait for its end.'],
  'cap-missing': [409, 'Cap missing', 'Live needs a cap: what it may commit at each store a day, in fen.'],
  'no-main-account': [
    409,
    'No main account',
    'Say first who the main account is: until then whoever acts is taken for it.',
  ],
  'already-so': [409, 'Already so', 'It is so already. Nothing was changed.'],
  'not-so': [409, 'Not so', 'There is nothing to take back. Nothing was changed.'],
  'locked-for-a-day': [409, 'Locked for a day', 'Opened less than 24 hours ago: it cannot be closed yet (R155).'],
  'too-large': [413, 'Too large', 'The request is larger than is taken here.'],
  'address-too-long': [414, 'Address too long', 'The address is too long.'],
  'wrong-content-type': [415, 'Wrong content type', 'A body of this type is not taken here. Send JSON.'],
  'evidence-type': [
    415,
    'File type not taken',
    'Pictures (JPEG, PNG, WebP), videos (MP4, MOV) and PDF are taken; this is none of them, by its own bytes.',
  ],
  'evidence-damaged': [
    422,
    'Damaged file',
    'The file is damaged, or not what it says. Open it, save it anew and add that.',
  ],
  'sealed-unreadable': [
    422,
    'Cannot be opened',
    'This was sealed under a key that is not here. Ask whoever runs this.',
  ],
  refused: [400, 'Refused', 'The request was refused.'],
  'could-not-be-written': [500, 'Not done', 'The action could not be written down, so it will not be done.'],
  internal: [500, 'Internal error', 'The console could not answer. The log says more.'],
  'in-use': [503, 'In use', 'Others are at work just there. Try again in a moment.'],
  'database-away': [503, 'Database away', 'The database does not answer. Try again in a moment.'],
  'too-many-watchers': [503, 'Too many watch', 'Too many watch already. Try again later.'],
  'no-evidence-place': [503, 'No place for evidence', 'No place for evidence is set.'],
} as const satisfies Readonly<Record<string, readonly [status: number, title: string, detail: string]>>

export type ProblemCode = keyof typeof PROBLEM_CODES

/** What is wrong with one field. */
export const FIELD_CODES = {
  'unknown-field': 'is not known here',
  missing: 'is missing',
  'wrong-type': 'is of another type',
  'not-an-option': 'is none of the words that are possible',
  'wrong-form': 'is not of the form that is wanted',
  'out-of-range': 'is too small or too large',
  'wrong-length': 'is too short or too long',
  'named-twice': 'names something twice',
  'not-here': 'names something that is not here',
  'unstorable-text': 'holds characters that cannot be stored',
  'too-deep': 'is nested too deeply',
  'not-usable': 'cannot be used as it is',
} as const

export type FieldCode = keyof typeof FIELD_CODES

/** One field that is wrong; `pointer` names it as RFC 9457's example does. */
export interface FieldError {
  readonly pointer: string
  readonly code: FieldCode
  readonly detail: string
}

/** The code of a problem that says only its status. */
export const codeOfStatus = (status: number): ProblemCode =>
  OF_STATUS[status] ?? (status >= 500 ? 'internal' : 'refused')

const OF_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'not-understood',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-allowed',
  408: 'too-slow',
  409: 'conflict',
  413: 'too-large',
  414: 'address-too-long',
  415: 'wrong-content-type',
}
