import type { Json } from './exact-json'
import { parseExact, UnreadableJson } from './exact-json'

/**
 * Decodes the bytes of a message, without a byte order mark. Windows tools, proxies and some SDKs put one before JSON,
 * which allows none (RFC 8259, section 8.1), so the built-in parser would refuse the whole text. Signatures are checked
 * over the bytes, before anything is decoded.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  // Invalid UTF-8 becomes U+FFFD: a signed delivery is kept and interpreted later, not refused here.
  return new TextDecoder('utf-8').decode(bytes)
}

/** Removes a byte order mark from text: of a file, a frame, or a message stored before they were removed on receipt. */
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
