import type { Json, JsonObject, StoredMessage, Translation } from '../../contract'
import { asObject, parseExact, UnreadableJson, withoutBlanks, withoutByteOrderMark } from '../../contract'
import { displayCode } from './case-facts'
import { translateDetail } from './translate-detail'
import { translatePush } from './translate-push'
import { translateRow } from './translate-row'

/** Pure and total: the same bytes give the same report, and no bytes throw. */
export function translate({ channel, raw, receivedAt }: StoredMessage): Translation {
  let json: Json
  try {
    json = parseExact(withoutByteOrderMark(raw))
  } catch (error) {
    if (error instanceof UnreadableJson) return { type: 'unintelligible', why: `${channel}: ${error.message}` }
    throw error
  }
  const fields = asObject(json)
  if (fields === undefined) return { type: 'unintelligible', why: `${channel}: not an object` }
  const error = asObject(fields.error_response)
  if (error !== undefined) return { type: 'irrelevant', why: `an error answer, code ${displayCode(error.error_code)}` }
  return BY_CHANNEL[channel](withoutBlanks(fields), receivedAt)
}

const BY_CHANNEL: Readonly<Record<StoredMessage['channel'], (fields: JsonObject, receivedAt: number) => Translation>> =
  {
    push: translatePush,
    list: translateRow,
    detail: translateDetail,
  }
