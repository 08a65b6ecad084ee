/**
 * Every problem by its stable code: programs compare the code, the page words it in the reader's language
 * (`web/i18n/problem-words.ts`). Title and detail are for people who read the answer itself: what happened and what to do.
 */
export const PROBLEM_CODES = {
  'not-understood': [400, 'Invalid request', 'The request is invalid. `errors` names the fields.'],
  'wrong-cursor': [400, 'Invalid cursor', 'The cursor belongs to another list. Start again without it.'],
  'search-by-one': [
    400,
    'Search by exactly one',
    'Search by exactly one of: order, name, phone, or a time of application (appliedFrom, appliedTo).',
  ],
  'operator-missing': [400, 'Operator missing', 'Name the operator in the header x-operator, with at most 40 letters.'],
  'idempotency-key-missing': [
    400,
    'Idempotency key missing',
    'Send an id of your own for this action: a UUID in the header Idempotency-Key.',
  ],
  'ends-before-it-begins': [400, 'Invalid time range', '`to` must be after `from`.'],
  'no-such-store': [400, 'Unknown store', 'Unknown store ids. GET /api/stores lists the stores.'],
  'not-written-here': [400, 'Cannot be set here', 'Open and close the advance refund with its own operations.'],
  'document-unusable': [400, 'Invalid document', 'The document is invalid. `errors` names the settings.'],
  'no-such-policy': [400, 'Unknown policy', 'Unknown policy. GET /api/policies lists the policies.'],
  'evidence-empty': [400, 'Empty file', 'The file is empty.'],
  forbidden: [403, 'Forbidden', 'Only the console’s own page on this machine may send requests.'],
  'not-granted': [403, 'Not granted', 'The main account has not granted you the strategies of these stores (R160).'],
  'main-account-only': [403, 'Main account only', 'Only the main account can grant and revoke strategies (R160).'],
  'not-found': [404, 'Not found', 'Not found.'],
  'page-not-built': [
    404,
    'Page not built',
    'The page is not built; npm start builds it. The API is described at /docs.',
  ],
  'not-allowed': [405, 'Method not allowed', 'This method is not allowed here.'],
  'too-slow': [408, 'Request timeout', 'The request was not complete in time. Send it again.'],
  conflict: [409, 'Conflict', 'The current state does not allow this. Reload and try again.'],
  'action-refused': [409, 'Action refused', 'The action was not done. `reason` says why.'],
  'changed-meanwhile': [409, 'Changed meanwhile', 'Another operator has changed this meanwhile. Reload and try again.'],
  'trial-missing': [409, 'Trial missing', 'Arming live requires a finished trial of this version at these stores.'],
  'trial-running': [409, 'Trial running', 'The trial is still running. Wait until it is finished.'],
  'cap-missing': [409, 'Cap missing', 'Arming live requires a daily cap for each store, in fen.'],
  'no-main-account': [409, 'No main account', 'Name the main account first: until then every account counts as it.'],
  'already-so': [409, 'Nothing changed', 'It is so already. Nothing was changed.'],
  'not-so': [409, 'Nothing to revoke', 'There is nothing to take back. Nothing was changed.'],
  'locked-for-a-day': [
    409,
    'Locked for 24 hours',
    'It was opened less than 24 hours ago and cannot be closed yet (R155).',
  ],
  'too-large': [413, 'Too large', 'The request is too large.'],
  'address-too-long': [414, 'URL too long', 'The URL is too long.'],
  'wrong-content-type': [415, 'Unsupported media type', 'A body of this type is not supported here. Send JSON.'],
  'evidence-type': [
    415,
    'Unsupported file type',
    'Supported are pictures (JPEG, PNG, WebP), videos (MP4, MOV) and PDF, recognised by their content.',
  ],
  'evidence-damaged': [
    422,
    'Damaged file',
    'The file is damaged, or not of the type that was stated. Open it, save it again and upload that.',
  ],
  'sealed-unreadable': [
    422,
    'Cannot be decrypted',
    'This was sealed with a key that is not available here. Ask the administrator.',
  ],
  refused: [400, 'Refused', 'The request was refused.'],
  'could-not-be-written': [500, 'Not saved', 'The action could not be saved and will not be done. Try again.'],
  internal: [500, 'Internal error', 'An internal error occurred. The log has the details.'],
  'in-use': [503, 'Temporarily unavailable', 'Temporarily unavailable, retry later.'],
  'database-away': [503, 'Database unavailable', 'The database is temporarily unavailable, retry later.'],
  'too-many-watchers': [503, 'Too many clients', 'Too many clients follow the changes. Retry later.'],
  'no-evidence-place': [503, 'No evidence store', 'No storage for evidence is configured.'],
} as const satisfies Readonly<Record<string, readonly [status: number, title: string, detail: string]>>

export type ProblemCode = keyof typeof PROBLEM_CODES

/** What is wrong with one field. */
export const FIELD_CODES = {
  'unknown-field': 'is not a field of this request',
  missing: 'is required',
  'wrong-type': 'has the wrong type',
  'not-an-option': 'is not one of the possible values',
  'wrong-form': 'has the wrong format',
  'out-of-range': 'is too small or too large',
  'wrong-length': 'is too short or too long',
  'named-twice': 'names something twice',
  'not-here': 'names something unknown',
  'unstorable-text': 'contains characters that cannot be stored',
  'too-deep': 'is nested too deeply',
  'not-usable': 'is not valid',
} as const

export type FieldCode = keyof typeof FIELD_CODES

/** One field that is wrong; `pointer` names it as RFC 9457's example does. */
export interface FieldError {
  readonly pointer: string
  readonly code: FieldCode
  readonly detail: string
}

/** The code of a problem of which only the status is known. */
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
