/**
 * Text from outside, in a form that PostgreSQL can keep and give back. A `text` column refuses NUL; a `json` column takes
 * NUL and halves of surrogate pairs and then fails every `->>` and every cast to `jsonb` on that row. Both become U+FFFD.
 */

const REPLACEMENT = '\ufffd'
const TRAILING_HIGH_SURROGATE = /[\ud800-\udbff]$/

/** Whether text and json columns can hold it as it is. */
export const isStorableText = (text: string): boolean => text.isWellFormed() && !text.includes('\0')

/** @param maxLength in UTF-16 units; a cut never parts a surrogate pair */
export function storableText(text: string, maxLength = Infinity): string {
  const shortened = text.length <= maxLength ? text : text.slice(0, maxLength).replace(TRAILING_HIGH_SURROGATE, '')
  return isStorableText(shortened) ? shortened : shortened.replaceAll('\0', REPLACEMENT).toWellFormed()
}

// `JSON.stringify` writes NUL and lone surrogates, and only those of the surrogates, as escapes. An even number of
// backslashes before the escape are backslashes of the text itself.
const UNSTORABLE_ESCAPE = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g

/** The value as JSON for a json or jsonb column, in keys as in texts. @throws RangeError where it is nested too deeply */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value) ?? 'null'
  return json.includes('\\u') ? json.replace(UNSTORABLE_ESCAPE, '$1\\ufffd') : json
}

/** Whether a JSON text that `JSON.stringify` wrote can be kept as it is. */
export const isStorableJson = (json: string): boolean => !json.includes('\\u') || json.search(UNSTORABLE_ESCAPE) < 0
