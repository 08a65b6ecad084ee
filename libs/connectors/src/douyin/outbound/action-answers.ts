import type { JsonObject, ActionOutcome, CallFailure } from '../../contract'
import { asArray, asId, asInteger, asObject, asText, outcomeOfFailure } from '../../contract'

/** What a sub-code means for the action. `without-assistant`: no automatic refund, the merchant has to agree. */
type SubCodeMeaning = 'refused' | 'stale' | 'in-doubt' | 'without-assistant'

/** `isv.business-failed:{n}` of every after-sale action. The platform calls 10000 "usually a time-out: look, then try again". */
const COMMON_SUB_CODES: ReadonlyMap<string, SubCodeMeaning> = new Map<string, SubCodeMeaning>([
  ['10000', 'in-doubt'],
  ['11000', 'refused'],
  // Not in the API: done by hand in the back office.
  ['11001', 'refused'],
  ['11003', 'refused'],
  ['11004', 'refused'],
  ['11005', 'refused'],
  // The status is wrong, or the version is not the newest: read, do not repeat.
  ['20309541', 'stale'],
])

/** Codes with a special meaning for one call. */
const SUB_CODES_BY_METHOD: Readonly<Record<string, ReadonlyMap<string, SubCodeMeaning>>> = {
  'afterSale.returnGoodsToWareHouseSuccess': new Map<string, SubCodeMeaning>([
    ['11002', 'without-assistant'],
    ['12000', 'without-assistant'],
    ['12001', 'without-assistant'],
  ]),
  'afterSale.CancelSendGoodsSuccess': new Map<string, SubCodeMeaning>([
    ['11002', 'without-assistant'],
    ['12000', 'without-assistant'],
    // Another automatic refund came first: read the case.
    ['12001', 'stale'],
  ]),
}

/** What a failure means for the action. A business code without a table entry leaves it in doubt. */
export function outcomeOfError(method: string, refusal: CallFailure): ActionOutcome {
  const number = refusal.type === 'refused' ? /^5000[12](?: isv\.business-failed:(\d+))?/.exec(refusal.code) : null
  if (refusal.type !== 'refused' || number === null) return outcomeOfFailure(refusal)
  const { code, text } = refusal
  const subCode = number[1] ?? ''
  switch (SUB_CODES_BY_METHOD[method]?.get(subCode) ?? COMMON_SUB_CODES.get(subCode) ?? 'in-doubt') {
    case 'refused':
      return { type: 'refused', code, text }
    case 'stale':
      return { type: 'stale', code }
    case 'without-assistant':
      return { type: 'refused', code, text: `not refunded automatically: ${text}`, instead: 'approve-refund' }
    case 'in-doubt':
      return { type: 'unknown', why: `the platform's service failed (${code})` }
  }
}

/**
 * The result in the data of a success: `operate` and the interception answer for each item separately. `redact` removes
 * secrets from texts.
 */
export function outcomeOfSuccess(
  method: string,
  caseNumber: string,
  answer: JsonObject,
  redact: (text: string) => string,
): ActionOutcome {
  const data = asObject(answer['data'])
  const result = readResult(method, caseNumber, data)
  return result.type === 'refused' ? { ...result, text: redact(result.text) } : result
}

function readResult(method: string, caseNumber: string, data: JsonObject | undefined): ActionOutcome {
  if (method === 'afterSale.operate') return itemOutcome(caseNumber, data)
  if (method === 'afterSale.applyLogisticsIntercept') return interceptionOutcome(data)
  return { type: 'done' }
}

function itemOutcome(caseNumber: string, data: JsonObject | undefined): ActionOutcome {
  const items = asArray(data?.['items']).map(asObject)
  // Some documentation rounds the number; with one item there is only one that can be meant.
  const item =
    items.find((one) => asId(one?.['aftersale_id']) === caseNumber) ?? (items.length === 1 ? items[0] : undefined)
  const code = asInteger(item?.['status_code'])
  if (code === 0) return { type: 'done' }
  if (code === undefined) return { type: 'unknown', why: 'a success without a result for the case' }
  const text = asText(item?.['status_msg']) ?? ''
  if (code === 20309541) return { type: 'stale', code: String(code) }
  return { type: 'refused', code: `status_code ${code}`, text }
}

function interceptionOutcome(data: JsonObject | undefined): ActionOutcome {
  const results = asArray(data?.['intercept_results']).map(asObject)
  const successes = results.map((one) => one?.['is_success'])
  if (successes.length === 0 || successes.some((one) => typeof one !== 'boolean'))
    return { type: 'unknown', why: 'an interception without a result for the parcel' }
  const failed = results.find((one) => one?.['is_success'] === false)
  if (failed === undefined) return { type: 'done' }
  const code = asInteger(failed['unavailable_reason_code'])
  return {
    type: 'refused',
    code: code === undefined ? 'not-intercepted' : `not-intercepted ${code}`,
    text: asText(failed['unavailable_reason']) ?? '',
  }
}
