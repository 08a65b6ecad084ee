const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/**
 * Makes a text from outside storable: at most `length` UTF-16 units, without NUL and lone surrogates. PostgreSQL would
 * refuse these, and with them the whole batch. The exact text stays in the message.
 */
export function boundedText(text: string, length: number): string {
  const cut = text.length > length ? text.slice(0, length) : text
  return cut.replace(/\u0000/g, '').replace(LONE_SURROGATE, '\ufffd')
}

export const boundedOrNull = (text: string | undefined, length: number): string | null =>
  text === undefined ? null : boundedText(text, length)

/** For numbers of cases, orders and parcels, which are indexed: an index entry cannot be as long as a page. */
export const NUMBER_LENGTH = 100
/** For titles and reasons: as much as a list shows. */
export const TITLE_LENGTH = 200
