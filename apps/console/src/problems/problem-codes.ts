import { ACCOUNT_PROBLEM_CODES } from './account-problem-codes'
import { BATCH_PROBLEM_CODES } from './batch-problem-codes'
import { BUYER_PROBLEM_CODES } from './buyer-problem-codes'
import { OIDC_PROBLEM_CODES } from './oidc-problem-codes'
import { TEAMWORK_PROBLEM_CODES } from './teamwork-problem-codes'

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
  'idempotency-key-missing': [
    400,
    'Idempotency key missing',
    'Send an id of your own for this action: a UUID in the header Idempotency-Key.',
  ],
  'no-right-answer': [400, 'No right answer', 'These figures cannot be given together; `reason` says why.'],
  'ends-before-it-begins': [400, 'Invalid time range', '`to` must be after `from`.'],
  'no-such-store': [400, 'Unknown store', 'Unknown store ids. GET /api/stores lists the stores.'],
  'no-such-person': [
    400,
    'Unknown person',
    'No person of the organisation has this login. GET /api/people lists the people.',
  ],
  'not-written-here': [400, 'Cannot be set here', 'Open and close the advance refund with its own operations.'],
  'document-unusable': [400, 'Invalid document', 'The document is invalid. `errors` names the settings.'],
  'no-such-policy': [400, 'Unknown policy', 'Unknown policy. GET /api/policies lists the policies.'],
  'evidence-empty': [400, 'Empty file', 'The file is empty.'],
  'address-not-allowed': [
    400,
    'Address not allowed',
    'Only the marketplace’s own addresses are used; INSECURE_HOSTS of the console names other hosts.',
  ],
  'expiry-out-of-range': [400, 'Expiry out of range', 'A key must expire, at most a year from now.'],
  'not-for-keys': [400, 'Not for API keys', 'One of these permissions is for people only.'],
  'not-signed-in': [401, 'Not logged in', 'Log in, or send an API key as `Authorization: Bearer …`.'],
  'sign-in-refused': [
    401,
    'Log-in refused',
    'The login, the password or the code is wrong, or the person is disabled.',
  ],
  forbidden: [403, 'Forbidden', 'Your role or key does not have the permission that this needs. Ask an owner.'],
  'foreign-origin': [403, 'Foreign origin', 'Only the console’s own page, under its own address, may send requests.'],
  'reauthentication-required': [
    403,
    'Prove again who you are',
    'This needs your password or code again: POST /api/session/proof, then repeat the request within five minutes.',
  ],
  'proof-refused': [403, 'Proof refused', 'The password or code is wrong. Nothing was changed.'],
  'for-people-only': [403, 'For people only', 'An API key may not do this: it has no password and no second factor.'],
  'more-than-own-rights': [
    403,
    'More than your rights',
    'You cannot give, or change a person with, more than you have.',
  ],
  'all-stores-needed': [
    403,
    'Rights for all stores needed',
    'You are limited to some stores and would not see the new one. Ask an owner of all stores.',
  ],
  'link-of-another-login': [403, 'Link for another login', 'The link was made for another login. Use that one.'],
  'not-granted': [403, 'Not granted', 'The main account has not granted you the strategies of these stores (R160).'],
  'main-account-only': [403, 'Main account only', 'Only the main account can grant and revoke strategies (R160).'],
  'not-found': [404, 'Not found', 'Not found.'],
  'link-not-usable': [
    404,
    'Link not usable',
    'This link is unknown, has expired or was opened before. Ask for a new one.',
  ],
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
  ...BATCH_PROBLEM_CODES,
  'trial-missing': [409, 'Trial missing', 'Arming live requires a finished trial of this version at these stores.'],
  'trial-running': [409, 'Trial running', 'The trial is still running. Wait until it is finished.'],
  'cap-missing': [409, 'Cap missing', 'Arming live requires a daily cap for each store, in fen.'],
  'no-main-account': [409, 'No main account', 'Name the main account first: until then every account counts as it.'],
  'already-member': [409, 'A member already', 'You are or were a member. An owner can enable you again.'],
  'already-so': [409, 'Nothing changed', 'It is so already. Nothing was changed.'],
  'not-so': [409, 'Nothing to revoke', 'There is nothing to take back. Nothing was changed.'],
  'locked-for-a-day': [
    409,
    'Locked for 24 hours',
    'It was opened less than 24 hours ago and cannot be closed yet (R155).',
  ],
  'app-of-another-organisation': [
    409,
    'App of another organisation',
    'Another organisation has entered an app with this key. An app belongs to one organisation.',
  ],
  'no-authorisation-page': [
    409,
    'No authorisation page',
    'This app has no authorisation page: its service id is missing, or its marketplace has none. Type the keys instead.',
  ],
  'authorisation-unknown': [
    409,
    'Unknown authorisation',
    'This authorisation was not begun here, or long ago. Begin again on the stores page. Nothing was stored.',
  ],
  'authorisation-foreign': [
    409,
    'Begun by another session',
    'Another session began this authorisation, and only that one may complete it. Begin again yourself. Nothing was stored.',
  ],
  'authorisation-used': [
    409,
    'Authorisation already used',
    'This authorisation was completed or tried already. If the store is not connected, begin again.',
  ],
  'authorisation-expired': [
    409,
    'Authorisation expired',
    'More than 15 minutes have passed since it was begun. Begin again on the stores page. Nothing was stored.',
  ],
  'authorisation-failed': [
    409,
    'Authorisation failed',
    'The marketplace gave no tokens; `reason` has its words. Begin again. Nothing was stored.',
  ],
  'authorisation-of-another-store': [
    409,
    'Another store was authorised',
    'The marketplace answered for another store than the one that was meant. Choose that one there, or type its own keys. The other one, if it is connected, keeps what it was given; nothing else was stored.',
  ],
  'connection-failed': [
    409,
    'Connection failed',
    'These keys do not work; `reason` has the marketplace’s words. Nothing was stored.',
  ],
  'store-paused': [409, 'Store paused', 'The store is paused: nothing is sent to its marketplace. Resume it first.'],
  'store-removed': [
    409,
    'Store removed',
    'The store was removed: its cases can be read, and nothing is sent any more.',
  ],
  ...TEAMWORK_PROBLEM_CODES,
  ...BUYER_PROBLEM_CODES,
  'last-owner': [409, 'Last owner', 'The organisation needs an owner. Make another person an owner first.'],
  ...ACCOUNT_PROBLEM_CODES,
  ...OIDC_PROBLEM_CODES,
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
  'too-many-searches': [
    429,
    'Too many searches',
    'Too many searches by the end of a phone number. Wait, then try again.',
  ],
  'too-many-attempts': [429, 'Too many attempts', 'Too many attempts. Wait, then try again.'],
  refused: [400, 'Refused', 'The request was refused.'],
  'could-not-be-written': [500, 'Not saved', 'The action could not be saved and will not be done. Try again.'],
  internal: [500, 'Internal error', 'An internal error occurred. The log has the details.'],
  'in-use': [503, 'Temporarily unavailable', 'Temporarily unavailable, retry later.'],
  'database-away': [503, 'Database unavailable', 'The database is temporarily unavailable, retry later.'],
  'figures-too-slow': [
    503,
    'Took too long',
    'These figures took too long. Take a shorter range or fewer stores, or try again later.',
  ],
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
  'login-unusable': 'cannot be a login name: 3 to 100 letters, digits and . _ @ + -',
  'login-taken': 'is taken by another person',
  'password-too-short': 'needs at least 12 characters',
  'password-too-long': 'may have at most 128 characters',
  'password-common': 'is one of the commonest passwords',
  'password-contains-login': 'must not contain the login or the name',
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
  CODE_OF_STATUS[status] ?? (status >= 500 ? 'internal' : 'refused')

const CODE_OF_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'not-understood',
  401: 'not-signed-in',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-allowed',
  408: 'too-slow',
  409: 'conflict',
  413: 'too-large',
  414: 'address-too-long',
  415: 'wrong-content-type',
  429: 'too-many-attempts',
}
