import type { Json } from '../contract'
import { parseExact, UnreadableJson } from '../contract'

/** The JSON with its long integers kept (facts E8), or `undefined` where the text is not readable JSON. */
export function quietlyParsed(text: string): Json | undefined {
  try {
    return parseExact(text)
  } catch (error) {
    if (error instanceof UnreadableJson) return undefined
    throw error
  }
}
