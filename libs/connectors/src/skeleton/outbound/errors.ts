import type { CallFailure } from '../../contract'
import { asInteger, asText } from '../../contract'
import type { Envelope } from '../wire'

type ErrorMeaning = 'refused' | 'token-expired' | 'reauthorise' | 'throttled' | 'in-doubt'

/** The code under which an action is refused because the case has changed since it was judged. */
export const CASE_CHANGED = '409'

/** Every documented code that is not 0. */
const ERROR_MEANINGS: ReadonlyMap<number, ErrorMeaning> = new Map<number, ErrorMeaning>([
  [400, 'refused'],
  [401, 'token-expired'],
  [403, 'reauthorise'],
  [404, 'refused'],
  [409, 'refused'],
  [429, 'throttled'],
  [500, 'in-doubt'],
])

/** The limit counts calls a second. */
const THROTTLE_DELAY_MS = 1_000

/** What an answer other than success means. For an action, an unlisted code leaves in doubt whether it was done. */
export function interpretError(
  answer: Envelope,
  redact: (text: string) => string,
  isAction = false,
): CallFailure | undefined {
  const errorCode = asInteger(answer.code)
  if (errorCode === 0) return undefined
  if (errorCode === undefined) return { type: 'unknown', why: 'an answer without a code' }
  const code = String(errorCode)
  const text = redact(asText(answer.message, 200) ?? '')
  switch (ERROR_MEANINGS.get(errorCode) ?? (isAction ? 'in-doubt' : 'refused')) {
    case 'refused':
      return { type: 'refused', code, text }
    case 'token-expired':
      return { type: 'token-expired' }
    case 'reauthorise':
      return { type: 'reauthorise', code, text }
    case 'throttled':
      return { type: 'try-later', afterMs: THROTTLE_DELAY_MS, why: `too many calls (${code})` }
    case 'in-doubt':
      return { type: 'unknown', why: `the service failed (${code})` }
  }
}
