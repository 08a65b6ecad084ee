import type { JsonObject, Performed, Refused, StoreSession } from '../../contract'
import { asId, asInteger, asObject, asText, notPerformed, withoutSecrets } from '../../contract'
import type { CallType } from '../wire'

/**
 * What a success envelope says of the action. Each call says "done" in its own way: `succ`, `success`, or nothing but
 * the number of the case. What says neither yes nor no leaves it in doubt.
 */
export function answered(type: CallType, caseNumber: string, json: JsonObject, session: StoreSession): Performed {
  if (type === 'pdd.rdc.pddgenius.sendgoods.cancel') {
    const result = asObject(asObject(json.rdc_pddgenius_sendgoods_cancel_response)?.result)
    return sameCase(caseNumber, asObject(result?.result_data)?.refund_id)
  }
  const response = asObject(json.response)
  const result = asObject(response?.result)
  if (type === 'pdd.nextone.logistics.warehouse.update') return sameCase(caseNumber, result?.after_sales_id)
  const flag = type === 'pdd.refund.returngoods.agree' ? result?.success : result?.succ
  // The agreement to a return tells twice: whether the call, and whether the return went well.
  if (response?.success === false || flag === false)
    return saidNo(withoutSecrets(asText(result?.message) ?? asText(response?.error_msg) ?? '', session), response)
  if (flag !== true) return { type: 'unknown', why: 'an answer that says neither yes nor no' }
  return result?.after_sales_id === undefined ? { type: 'done' } : sameCase(caseNumber, result.after_sales_id)
}

/** An answer about another case is none about ours. */
function sameCase(caseNumber: string, told: JsonObject[string] | undefined): Performed {
  const id = asId(told)
  if (id === caseNumber) return { type: 'done' }
  return { type: 'unknown', why: id === undefined ? 'an answer without a case' : 'an answer about another case' }
}

/**
 * A no comes as words, without a code. Words about the state of the case mean that it is not as it was judged: reading it
 * again is right, and harmless where the words meant something else.
 */
const ABOUT_THE_STATE = /状态|完结|关闭|撤销|已(?:同意|退款|退货|处理|经)/

function saidNo(text: string, response: JsonObject | undefined): Performed {
  const code = asInteger(response?.error_code)
  const named = code === undefined || code === 0 ? 'not-done' : `not-done ${code}`
  return ABOUT_THE_STATE.test(text) ? { type: 'stale', code: named } : { type: 'refused', code: named, text }
}

/** What an error envelope says: some sub-codes of the business name the state of the case in words, too. */
export function notDone(said: Refused): Performed {
  if (said.type === 'refused' && /^(?:5000[12]|21001)$/.test(said.code) && ABOUT_THE_STATE.test(said.text))
    return { type: 'stale', code: said.code }
  return notPerformed(said)
}
