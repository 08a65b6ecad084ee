import type { JsonObject, ActionOutcome, CallFailure, StoreSession } from '../../contract'
import { asId, asInteger, asObject, asText, outcomeOfFailure, redactSecrets } from '../../contract'
import type { CallType } from '../wire'

/**
 * What a success envelope means for the action. Each call reports "done" in its own way: `succ`, `success`, or only
 * the case number. An answer with neither yes nor no leaves the action in doubt.
 */
export function outcomeOfSuccess(
  type: CallType,
  caseNumber: string,
  json: JsonObject,
  session: StoreSession,
): ActionOutcome {
  if (type === 'pdd.rdc.pddgenius.sendgoods.cancel') {
    const result = asObject(asObject(json.rdc_pddgenius_sendgoods_cancel_response)?.result)
    return outcomeForCase(caseNumber, asObject(result?.result_data)?.refund_id)
  }
  const response = asObject(json.response)
  const result = asObject(response?.result)
  if (type === 'pdd.nextone.logistics.warehouse.update') return outcomeForCase(caseNumber, result?.after_sales_id)
  const successFlag = type === 'pdd.refund.returngoods.agree' ? result?.success : result?.succ
  // The agreement to a return has two results: that of the call and that of the return.
  if (response?.success === false || successFlag === false)
    return interpretRefusal(
      redactSecrets(asText(result?.message) ?? asText(response?.error_msg) ?? '', session),
      response,
    )
  if (successFlag !== true) return { type: 'unknown', why: 'an answer with neither yes nor no' }
  return result?.after_sales_id === undefined ? { type: 'done' } : outcomeForCase(caseNumber, result.after_sales_id)
}

/** An answer about another case proves nothing about ours. */
function outcomeForCase(caseNumber: string, answeredId: JsonObject[string] | undefined): ActionOutcome {
  const id = asId(answeredId)
  if (id === caseNumber) return { type: 'done' }
  return { type: 'unknown', why: id === undefined ? 'an answer without a case' : 'an answer about another case' }
}

/**
 * A refusal is a text without a code. A text about the state of the case means that the case has changed since it was
 * judged, so the case is read again, which is harmless where the text meant something else.
 */
const MENTIONS_CASE_STATE = /状态|完结|关闭|撤销|已(?:同意|退款|退货|处理|经)/

function interpretRefusal(text: string, response: JsonObject | undefined): ActionOutcome {
  const code = asInteger(response?.error_code)
  const refusalCode = code === undefined || code === 0 ? 'not-done' : `not-done ${code}`
  return MENTIONS_CASE_STATE.test(text)
    ? { type: 'stale', code: refusalCode }
    : { type: 'refused', code: refusalCode, text }
}

/** What an error envelope means: some business sub-codes also describe the state of the case in text. */
export function outcomeOfError(refusal: CallFailure): ActionOutcome {
  if (refusal.type === 'refused' && /^(?:5000[12]|21001)$/.test(refusal.code) && MENTIONS_CASE_STATE.test(refusal.text))
    return { type: 'stale', code: refusal.code }
  return outcomeOfFailure(refusal)
}
