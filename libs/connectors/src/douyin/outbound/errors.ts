import type { CallFailure } from '../../contract'
import { asInteger, asText } from '../../contract'
import type { GatewayAnswer } from '../wire'

type ErrorMeaning = 'reauthorise' | 'token-expired' | 'refused' | 'busy' | 'throttled' | 'in-doubt'

/** All documented outer codes. */
const MEANING_BY_CODE: ReadonlyMap<number, ErrorMeaning> = new Map([
  [10001, 'refused'],
  [20000, 'busy'],
  [20001, 'busy'],
  [30001, 'reauthorise'],
  [30002, 'refused'],
  [40001, 'refused'],
  [40002, 'refused'],
  [40003, 'refused'],
  [40004, 'refused'],
  [50001, 'refused'],
  [50002, 'refused'],
  [60000, 'throttled'],
  [70000, 'refused'],
  [80000, 'refused'],
  [90000, 'refused'],
])

/**
 * Sub-codes that are more specific than the code. A token that the platform does not know (any more) is treated as an
 * expired one: another process may have refreshed it; if refreshing fails as well, that answer requires authorising again.
 */
const MEANING_BY_SUB_CODE: readonly (readonly [prefix: string, ErrorMeaning])[] = [
  // The code means "service error", the sub-code that there is no such case: a retry does not help.
  ['isp.service-error:10000', 'refused'],
  ['isv.access-token-expired', 'token-expired'],
  ['isv.access-token-no-existed', 'token-expired'],
  ['isv.access-token-invalid', 'token-expired'],
  ['dop.token-generate-failed', 'reauthorise'],
  ['dop.authorization-', 'reauthorise'],
  // Our clock is off and will be corrected; nothing was done.
  ['isv.timestamp-invalid', 'busy'],
  // The app's own permission is missing, not the store's consent: authorising again would not help.
  ['isv.app-permissions-insufficient', 'refused'],
  ['dop.app-forbidden', 'refused'],
]

/**
 * Codes after which an action may still have been carried out: a service behind the gateway failed or took too
 * long (20000, 20001), a part of a batch failed (10001), "other" (90000). All others come from the gateway, or from the
 * service before it acts.
 */
const LEAVES_IN_DOUBT: ReadonlySet<number> = new Set([10001, 20000, 20001, 90000])

/** No delay is documented for a busy platform: a choice of ours. */
export const BUSY_DELAY_MS = 2_000
/** The limit counts calls a second. */
export const THROTTLE_DELAY_MS = 1_500

/** Whether a sub-code begins with the prefix; `…:10000` does not match `…:100001`. */
const matchesPrefix = (subCode: string, prefix: string): boolean =>
  subCode.startsWith(prefix) && !/^\d/.test(subCode.slice(prefix.length))

export type EnvelopeMeaning = { readonly type: 'ok' } | CallFailure

/**
 * What the gateway's envelope means; the HTTP status 200 proves nothing. `redact` removes secrets from texts. For an action, a
 * code that does not rule out that it was carried out leaves the outcome unknown, and so does an unlisted code.
 */
export function interpretEnvelope(
  answer: GatewayAnswer,
  redact: (text: string) => string,
  isAction = false,
): EnvelopeMeaning {
  const code = asInteger(answer.code)
  const oldCode = asInteger(answer.err_no)
  if (code === 10000 || (code === undefined && oldCode === 0)) return { type: 'ok' }
  if (code === undefined && oldCode === undefined) return { type: 'unknown', why: 'an answer without a code' }
  const number = code ?? oldCode ?? 0
  const subCode = asText(answer.sub_code, 100) ?? ''
  const bySub = MEANING_BY_SUB_CODE.find(([prefix]) => matchesPrefix(subCode, prefix))?.[1]
  const byCode =
    isAction && (LEAVES_IN_DOUBT.has(number) || !MEANING_BY_CODE.has(number)) ? 'in-doubt' : MEANING_BY_CODE.get(number)
  const meaning = bySub ?? byCode ?? 'refused'
  const texts = [asText(answer.msg) ?? asText(answer.message), asText(answer.sub_msg)].filter(
    (text) => text !== undefined,
  )
  const error = {
    code: redact(subCode === '' ? String(number) : `${number} ${subCode}`),
    text: redact(texts.join(': ')),
  }
  switch (meaning) {
    case 'token-expired':
      return { type: 'token-expired' }
    case 'reauthorise':
      return { type: 'reauthorise', ...error }
    case 'refused':
      return { type: 'refused', ...error }
    case 'busy':
      return { type: 'try-later', afterMs: BUSY_DELAY_MS, why: `the platform is busy (${error.code})` }
    case 'in-doubt':
      return { type: 'unknown', why: `the platform's service failed (${error.code})` }
    case 'throttled':
      return { type: 'try-later', afterMs: THROTTLE_DELAY_MS, why: `too often (${error.code})` }
  }
}
