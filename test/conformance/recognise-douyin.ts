import type { Json, JsonObject } from '#connectors'
import { asArray, asObject, elementsAt } from '#connectors'
import type { RecognisedContent } from './recognised-content'
import { irrelevantContent, recognisedMessages } from './recognised-content'

/** Recognises Douyin's push bodies, answers and requests, as sent or as documentation and relays print them. */
export function recogniseDouyin(json: Json, text: string): RecognisedContent {
  const body = asObject(json)
  if (body === undefined) {
    const elements = elementsAt(text, [])
    return elements === undefined
      ? irrelevantContent('neither an object nor a list')
      : recognisedMessages('push', 'push', elements)
  }
  if ('tag' in body) return recognisedMessages('push', 'push', [text])
  if ('aftersale_info' in body) return recognisedMessages('list row', 'list', [text])
  if ('process_info' in body || hasDetail(body)) return recognisedMessages('detail', 'detail', [text])
  const rows = elementsAt(text, ['data', 'items']) ?? elementsAt(text, ['items'])
  if (rows?.some((row) => row.includes('"aftersale_info"'))) return recognisedMessages('list', 'list', rows)
  if (isPushContent(body)) return recognisedMessages('push content', 'push', [text])
  if (isOldList(body))
    return irrelevantContent('an answer of the old list (trade.refundListSearch), which is not read any more')
  return irrelevantContent(
    'data' in body || 'err_no' in body || 'code' in body ? 'an answer to an action' : 'a request',
  )
}

/** Rows of the old list have a status; answers to actions have only a `status_code`. */
const isOldList = (body: JsonObject): boolean =>
  Object.values(asObject(body['data']) ?? {}).some((rows) =>
    asArray(rows).some((row) => OLD_ROW.some((field) => asObject(row)?.[field] !== undefined)),
  )

const OLD_ROW = ['aftersale_status', 'final_status', 'refund_status', 'order_status', 'aftersale_infos', 'order_info']

const hasDetail = (body: JsonObject): boolean => asObject(body['data'])?.['process_info'] !== undefined

/** Requests contain the case number, too; only pushes contain its status. */
const isPushContent = (body: JsonObject): boolean =>
  'aftersale_id' in body && ('aftersale_status' in body || 'after_sale_status' in body)
