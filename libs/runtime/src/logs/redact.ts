/**
 * Our own words are English, and our numbers in them short. Anything else in a text came from outside: names and
 * addresses in Chinese characters, numbers of phones, orders and accounts, e-mail addresses. None of it belongs in a
 * log.
 */
const OUTSIDE_TEXT = /\p{Script=Han}[\p{Script=Han}\p{Nd}\p{P}]*|\p{Nd}(?:[\s-]?\p{Nd}){6,}/gu

const MAX_LENGTH = 500
const redactMail = (word: string): string => (word.includes('@') ? '…' : word)

/** Longer texts are cut before they are searched: input from outside must not keep the log busy. */
const MAX_INPUT = 4 * MAX_LENGTH

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
