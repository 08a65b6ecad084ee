import type { Json, JsonObject } from '../../contract'
import { asObject, parseJson, withoutByteOrderMark } from '../../contract'

/**
 * One element of a push body. On the wire all its numbers are inside the text `data`, so the built-in parser
 * loses nothing and is three times as fast; only other forms are read number by number.
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
