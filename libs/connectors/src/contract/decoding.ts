import type { Json } from './exact-json'
import { parseExact, UnreadableJson } from './exact-json'

/**
 * From bytes to the text that is parsed: the one place where a byte order mark is taken off. Windows tools, proxies and
 * some SDKs put one before JSON, which allows none (RFC 8259, section 8.1), so the built-in parser refuses the whole text.
 * Signatures are checked over the bytes, before anything is decoded.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  // Bytes that are not UTF-8 become U+FFFD: a delivery that was signed is kept and judged, not refused here.
  return new TextDecoder('utf-8').decode(bytes)
}

/** The same for text: a file, a frame, or a message stored before byte order marks were removed on receipt. */
export const withoutByteOrderMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)

/** JSON with its long integers kept, or `undefined` where the text is not readable JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    return parseExact(withoutByteOrderMark(text))
  } catch (error) {
    if (error instanceof UnreadableJson) return undefined
    throw error
  }
}
