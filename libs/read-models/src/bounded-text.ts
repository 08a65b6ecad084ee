const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/**
 * A text from outside as a table can take it: at most `length` UTF-16 units, without NUL and half characters, which
 * PostgreSQL refuses, and with it the whole batch. The exact text is in the message.
 */
export function boundedText(text: string, length: number): string {
  const cut = text.length > length ? text.slice(0, length) : text
  return cut.replace(/\u0000/g, '').replace(LONE_SURROGATE, '\ufffd')
}

export const boundedOrNull = (text: string | undefined, length: number): string | null =>
  text === undefined ? null : boundedText(text, length)

/** Numbers of cases, orders and parcels are indexed; no index takes a page of text. */
export const NUMBER_LENGTH = 100
/** Titles and reasons, as a list shows them. */
export const TITLE_LENGTH = 200
