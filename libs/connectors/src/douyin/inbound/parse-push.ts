import type { Json, JsonObject } from '../../contract'
import { asObject, parseJson, withoutByteOrderMark } from '../../contract'

/**
 * Parses one element of a push body. Usually all its numbers are inside the text `data`, so the built-in parser loses no digit
 * and is three times as fast; other forms are parsed exactly.
 */
export function parsePush(raw: string): JsonObject | undefined {
  let message: JsonObject | undefined
  try {
    message = asObject(JSON.parse(withoutByteOrderMark(raw)) as Json)
  } catch {
    return undefined
  }
  return typeof message?.['data'] === 'string' ? message : asObject(parseJson(raw))
}
