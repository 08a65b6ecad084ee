import type { Json, JsonObject } from '#connectors'
import { asObject, elementsAt } from '#connectors'
import type { RecognisedContent } from './recognised-content'
import { irrelevantContent, recognisedMessages } from './recognised-content'

const LIST_PATHS = [['refund_increment_get_response', 'refund_list'], ['refund_list']] as const

/** Recognises Pinduoduo's frames, messages, answers and requests, with and without their wrappers. */
export function recognisePinduoduo(json: Json, text: string): RecognisedContent {
  const body = asObject(json)
  if (body === undefined) {
    const elements = elementsAt(text, [])
    return elements === undefined
      ? irrelevantContent('neither an object nor a list')
      : recognisedMessages('push', 'push', elements)
  }
  if ('error_response' in body) return recognisedMessages('error answer', 'detail', [text])
  if ('commandType' in body) return recognisedMessages('frame', 'push', [text])
  if ('content' in body && 'type' in body) return recognisedMessages('push', 'push', [text])
  if ('refund_id' in body && ('mall_id' in body || 'operation' in body))
    return recognisedMessages('push content', 'push', [text])
  for (const path of LIST_PATHS) {
    const rows = elementsAt(text, path)
    if (rows !== undefined) return recognisedMessages('list', 'list', rows)
  }
  const message = unwrapSingleMember(body)
  if ('after_sales_status' in message && 'id' in message)
    return isRow(message)
      ? recognisedMessages('list row', 'list', [text])
      : recognisedMessages('detail', 'detail', [text])
  return irrelevantContent('sign' in body || 'client_id' in body ? 'a request' : 'an answer to an action')
}

function unwrapSingleMember(body: JsonObject): JsonObject {
  const values = Object.values(body)
  return values.length === 1 ? (asObject(values[0]) ?? body) : body
}

/** The list writes `after_sale_reason` and `created_time`; the detail has neither. */
const isRow = (message: JsonObject): boolean => 'after_sale_reason' in message || 'created_time' in message
