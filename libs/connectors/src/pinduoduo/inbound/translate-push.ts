import type { CaseReference, Json, JsonObject, Translation } from '../../contract'
import { asId, asObject, asText, isBlank, parseJson, withoutBlanks } from '../../contract'
import { classifyPushType } from './push-types'
import type { PushMessage, RefundContent } from '../wire'

/** A pushed message, unwrapped from its container: the frame, the bare message, or its bare content. */
export interface UnwrappedPush {
  readonly type: string | undefined
  readonly shop: string | undefined
  readonly content: RefundContent | undefined
}

/** `undefined`: a frame that carries no message. */
export function unwrapPush(frame: JsonObject): UnwrappedPush | undefined {
  const message: PushMessage | undefined = asObject(frame.message) ?? (isBlank(frame.content) ? undefined : frame)
  if (message === undefined) {
    if (!isBlank(frame.commandType) || isBlank(frame.refund_id)) return undefined
    return { type: undefined, shop: asId(frame.mall_id), content: frame }
  }
  const content = parseContent(message.content)
  return { type: asText(message.type, 100), shop: asId(message.mallID) ?? asId(content?.mall_id), content }
}

/** JSON in a text; some documents show the object itself. */
function parseContent(content: Json | undefined): RefundContent | undefined {
  const parsed = asObject(typeof content === 'string' ? parseJson(content) : content)
  return parsed === undefined ? undefined : withoutBlanks(parsed)
}

export function translatePush(frame: JsonObject): Translation {
  const push = unwrapPush(frame)
  if (push === undefined) {
    const command = asText(frame.commandType, 40)
    return command === undefined
      ? { type: 'unintelligible', why: 'push: neither a frame nor a message' }
      : { type: 'irrelevant', why: `${command} frame without a message` }
  }
  const { type, shop, content } = push
  const subject = type === undefined ? 'refund' : classifyPushType(type)
  if (subject === 'other') return { type: 'irrelevant', why: `${type} is not about after-sale` }
  const reference = caseOf(content)
  if (subject === 'unknown')
    return {
      type: 'unintelligible',
      why: `push: type ${type} is not known`,
      // An unknown type that names a case is about it: the case is read, as after any other hint.
      ...(reference === undefined ? {} : { names: { shop, case: reference } }),
    }
  const name = type ?? 'a message without its type'
  if (reference === undefined) return { type: 'unintelligible', why: `push: ${name} names no refund_id` }
  return { type: 'must-read', shop, case: reference, why: `${name} is only a hint` }
}

function caseOf(content: RefundContent | undefined): CaseReference | undefined {
  const caseNumber = asId(content?.refund_id)
  const orderNumber = asId(content?.tid)
  return caseNumber === undefined ? undefined : { caseNumber, ...(orderNumber === undefined ? {} : { orderNumber }) }
}
