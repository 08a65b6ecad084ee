/**
 * Text that came from outside: Chinese characters (names, addresses) and numbers of seven digits and more (of phones, orders,
 * accounts). Our own texts are English and have only short numbers, so these are recognised wherever they occur, and redacted.
 */
const OUTSIDE_TEXT = /\p{Script=Han}[\p{Script=Han}\p{Nd}\p{P}]*|\p{Nd}(?:[\s-]?\p{Nd}){6,}/gu

/** Of a logged text, in UTF-16 units. */
const MAX_LENGTH = 500
/** An e-mail address has an `@`; no word of ours has. */
const redactMail = (word: string): string => (word.includes('@') ? '…' : word)

/** Longer texts are cut before they are searched: input from outside must not keep the log busy. */
const MAX_INPUT = 4 * MAX_LENGTH

/** The text without personal data, in one line and cut to a length that a log can hold. */
export const redact = (text: string): string =>
  text
    .slice(0, MAX_INPUT)
    .replace(/\S+/g, redactMail)
    .replace(OUTSIDE_TEXT, '…')
    .replace(/\s+/g, ' ')
    .slice(0, MAX_LENGTH)

/** What may be logged of an error: its class and code. Its text may quote what was received. */
export function loggableError(error: unknown): { readonly error: string; readonly code?: string } {
  if (!(error instanceof Error)) return { error: 'unknown error' }
  const { code } = error as { code?: unknown }
  const { name } = error.constructor
  return typeof code === 'string' || typeof code === 'number'
    ? { error: name, code: redact(String(code)) }
    : { error: name }
}
