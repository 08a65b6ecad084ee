import type { JsonObject, CallFailure, Secrets } from '../../contract'
import { asInteger, asText, redactSecrets } from '../../contract'

type ErrorMeaning = 'no' | 'token-expired' | 'reauthorise' | 'busy' | 'throttled' | 'maintenance' | 'by-sub-code'

/** Every official error code and what it means for the caller. */
export const ERROR_MEANINGS: ReadonlyMap<number, ErrorMeaning> = new Map<number, ErrorMeaning>([
  ...([10000, 10001, 10016, 10017, 10018, 10010, 10011] as const).map((code) => [code, 'no'] as const),
  [10014, 'reauthorise'],
  [10019, 'token-expired'],
  [10035, 'token-expired'],
  ...([20004, 20005, 20007, 20031, 20032, 20034, 20035, 21001, 21002, 30000, 30001] as const).map(
    (code) => [code, 'no'] as const,
  ),
  [50000, 'busy'],
  [50001, 'by-sub-code'],
  [50002, 'by-sub-code'],
  ...([50012, 52001, 52002, 52004] as const).map((code) => [code, 'no'] as const),
  [52101, 'throttled'],
  [52102, 'busy'],
  [52103, 'busy'],
  [70031, 'throttled'],
  [70032, 'no'],
  [70033, 'maintenance'],
  ...([70034, 70035, 70036] as const).map((code) => [code, 'no'] as const),
])

/**
 * Codes after which an action may still have been carried out: the system, a service behind the call, the gateway
 * on the way back, "temporarily not available". All others are returned before anything is done.
 */
const LEAVES_IN_DOUBT: ReadonlySet<number> = new Set([50000, 50001, 50002, 52001, 52002, 52102, 52103])

// The platform documents neither delay: choices of ours.
export const BUSY_DELAY_MS = 5_000
export const MAINTENANCE_DELAY_MS = 60_000

/** Codes without a table entry: retryable unless in these ranges, which are clear refusals. */
const isClearRefusal = (code: number): boolean =>
  (code >= 10_000 && code <= 40_000) || (code >= 50_000 && code <= 52_004)

/**
 * What an `error_response` means; the HTTP status proves nothing. `throttleMs` is how long the exceeded limit takes to recover.
 * For an action, a code that does not rule out that it was carried out leaves the outcome unknown, and so does an unlisted code.
 */
export function interpretError(error: JsonObject, app: Secrets, throttleMs: number, isAction = false): CallFailure {
  const code = asInteger(error.error_code)
  const subCode = asText(error.sub_code, 80)
  const text = redactSecrets(
    [asText(error.error_msg, 200), subCode, asText(error.sub_msg, 200)]
      .filter((part) => part !== undefined)
      .join(' · '),
    app,
  )
  if (code === undefined) return { type: 'unknown', why: 'an error answer without a code' }
  const meaning = isAboutOurClock(code, error)
    ? 'busy'
    : (ERROR_MEANINGS.get(code) ?? (isClearRefusal(code) ? 'no' : 'busy'))
  const codeAndText = `${code}${text === '' ? '' : ` ${text}`}`
  if (isAction && leavesInDoubt(code, subCode)) return { type: 'unknown', why: codeAndText }
  switch (meaning) {
    case 'token-expired':
      return { type: 'token-expired' }
    case 'reauthorise':
      return { type: 'reauthorise', code: String(code), text }
    case 'throttled':
      return { type: 'try-later', afterMs: throttleMs, why: codeAndText }
    case 'busy':
      return { type: 'try-later', afterMs: BUSY_DELAY_MS, why: codeAndText }
    case 'maintenance':
      return { type: 'try-later', afterMs: MAINTENANCE_DELAY_MS, why: codeAndText }
    case 'by-sub-code':
      return isTransient(subCode)
        ? { type: 'try-later', afterMs: BUSY_DELAY_MS, why: codeAndText }
        : { type: 'refused', code: String(code), text }
    case 'no':
      return { type: 'refused', code: String(code), text }
  }
}

/** Our clock is off and will be corrected; nothing was done. */
const isAboutOurClock = (code: number, { error_msg: message }: JsonObject): boolean =>
  code === 10001 && typeof message === 'string' && message.endsWith('timestamp')

/** A sub-code marked 3000000 means that the business service checked and refused. */
const leavesInDoubt = (code: number, subCode: string | undefined): boolean =>
  (LEAVES_IN_DOUBT.has(code) && subCode?.includes('3000000') !== true) || !ERROR_MEANINGS.has(code)

/** A fault of a service behind the call is transient; wrong parameters, and anything marked 3000000, are not. */
const isTransient = (subCode: string | undefined): boolean =>
  subCode !== undefined && /service-error|4000000/.test(subCode) && !subCode.includes('3000000')

export const isThrottle = (error: JsonObject): boolean =>
  ERROR_MEANINGS.get(asInteger(error.error_code) ?? 0) === 'throttled'

/** Whether a refusal is about the parameters of the call, so that other parameters may help. */
export const isAboutParameters = (answer: CallFailure): boolean =>
  answer.type === 'refused' &&
  (answer.code === '21001' || answer.code === '21002' || /invalid-parameter/.test(answer.text))
