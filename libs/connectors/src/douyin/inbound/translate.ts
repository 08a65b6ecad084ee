import type { StoredMessage, Translation } from '../../contract'
import { asObject, parseJson, withoutBlanks } from '../../contract'
import { parsePush } from './parse-push'
import { translateDetail } from './translate-detail'
import { translatePush } from './translate-push'
import { translateRow } from './translate-row'

/** Pure and total: the same bytes give the same report, and no bytes throw. */
export function translate({ channel, raw, receivedAt }: StoredMessage): Translation {
  const parsed = channel === 'push' ? parsePush(raw) : asObject(parseJson(raw))
  const message = channel === 'push' || parsed === undefined ? parsed : withoutBlanks(parsed)
  if (message === undefined) return { type: 'unintelligible', why: 'not a JSON object, or nested too deeply' }
  switch (channel) {
    case 'push':
      return translatePush(message, receivedAt)
    case 'list':
      return translateRow(message, receivedAt)
    case 'detail':
      return translateDetail(message, receivedAt)
  }
}
