import type { JsonObject, StoredMessage, Translation } from '../../contract'
import { asObject, asText, parseJson, withoutBlanks } from '../../contract'
import { CASE_EVENTS, OTHER_EVENTS } from '../statuses'
import type { Envelope, PushMessage, SkeletonCase } from '../wire'
import { translateCase } from './case-facts'

/** Pure and total: the same bytes give the same report, and no bytes throw. */
export function translate({ channel, raw, receivedAt }: StoredMessage): Translation {
  const parsed = asObject(parseJson(raw))
  if (parsed === undefined) return { type: 'unintelligible', why: 'not a JSON object, or nested too deeply' }
  const message = withoutBlanks(parsed)
  switch (channel) {
    case 'push':
      return translatePush(message, receivedAt)
    case 'list':
      return translateCase(message as SkeletonCase, receivedAt)
    case 'detail':
      return translateCase((asObject((message as Envelope).data) ?? {}) as SkeletonCase, receivedAt)
  }
}

function translatePush(message: JsonObject, receivedAt: number): Translation {
  const { event, data } = message as PushMessage
  const name = asText(event, 40) ?? 'missing'
  if (OTHER_EVENTS.has(name)) return { type: 'irrelevant', why: `event ${name}` }
  if (!CASE_EVENTS.has(name)) return { type: 'unintelligible', why: `unknown event ${name}` }
  return translateCase((asObject(data) ?? {}) as SkeletonCase, receivedAt)
}
