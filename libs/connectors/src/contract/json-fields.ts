import type { Fen, Instant } from '#after-sale'
import type { Json } from './exact-json'

/** Field readers for what marketplaces send: each returns `undefined` where the value is absent or malformed. */

export type JsonObject = { readonly [key: string]: Json }

export const asObject = (value: Json | undefined): JsonObject | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined

export const asArray = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : []

/**
 * Text that PostgreSQL accepts and people can read: no NUL, no lone surrogates, trimmed, at most `maxLength` UTF-16
 * code units.
 */
export function asText(value: Json | undefined, maxLength = 500): string | undefined {
  if (typeof value !== 'string') return undefined
  const clean = wellFormed(value.replaceAll('\u0000', '').trim().slice(0, maxLength))
  return clean === '' ? undefined : clean
}

/** Replaces lone surrogates. Called after the text is cut, because a cut may split a surrogate pair. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd')

/** Longer than any id of any marketplace; a longer value is refused, never cut. */
const MAX_ID_LENGTH = 64

/**
 * An id as text, with all its digits. Numbers too large to be exact are refused. Some documents show ids in a second
 * pair of quotes, which are removed.
 */
export function asId(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? String(value) : undefined
  if (typeof value !== 'string' || value.length > MAX_ID_LENGTH + 2) return undefined
  const text = value.replace(/^"(.*)"$/s, '$1').trim()
  return /^0*$/.test(text) || text.length > MAX_ID_LENGTH || !/^[\x21-\x7e]+$/.test(text) ? undefined : text
}

/** A safe integer: a number, or at most 15 digits in a text. */
export function asInteger(value: Json | undefined): number | undefined {
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : NaN
  // Adding zero makes -0, which is a text of its own to JSON and to equality, plain 0.
  return Number.isSafeInteger(number) ? number + 0 : undefined
}

/** Money in fen. Negative and fractional values are refused. */
export function asFen(value: Json | undefined): Fen | undefined {
  const fen = asInteger(value)
  return fen !== undefined && fen >= 0 ? fen : undefined
}

/** Money in yuan as text, e.g. `"8.00"`, converted by its digits, without floating point. */
export function asFenFromYuan(value: Json | undefined): Fen | undefined {
  const text = typeof value === 'number' ? String(value) : value
  const match = typeof text === 'string' ? /^(\d{1,12})(?:\.(\d{1,2})0*)?$/.exec(text.trim()) : null
  return match === null ? undefined : Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

// Before the first of these marketplaces, and long after any deadline: a time outside of them is a default or in another unit.
const EARLIEST_PLAUSIBLE = Date.UTC(2010, 0, 1)
const LATEST_PLAUSIBLE = Date.UTC(2100, 0, 1)
const plausibleInstant = (ms: number): Instant | undefined =>
  ms >= EARLIEST_PLAUSIBLE && ms < LATEST_PLAUSIBLE ? ms : undefined

const UNIX_TIME = /^\d{10}(?:\d{3})?$/
const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}:\d{2}:\d{2})(\.\d{1,9})? ?(Z|[+-]\d{2}:?\d{2})?$/

/**
 * A time in any format that marketplaces send: seconds or milliseconds since 1970 as a number or as digits in a text,
 * `2018-04-10 17:03:29` in China time, ISO text with a zone. Documentation and live answers disagree on the unit of one
 * and the same field, and the plausible ranges of seconds and milliseconds do not overlap, so the value itself decides.
 * Returns UTC ms; `undefined` for any other format, and for times outside 2010 to 2100.
 */
export function asInstant(value: Json | undefined): Instant | undefined {
  if (typeof value === 'number') return unixTimeAsInstant(value)
  if (typeof value !== 'string') return undefined
  const text = value.replace(/^"(.*)"$/s, '$1').trim()
  if (UNIX_TIME.test(text)) return unixTimeAsInstant(Number(text))
  const match = DATE_TIME.exec(text)
  if (match === null) return undefined
  const [, year, month, day, time, fraction = '', zone = '+08:00'] = match
  // The built-in parser turns 31 February into 3 March; here a day that does not exist is refused.
  if (Number(day) > new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()) return undefined
  const offset = zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')
  return plausibleInstant(Date.parse(`${year}-${month}-${day}T${time}${fraction.slice(0, 4)}${offset}`))
}

const unixTimeAsInstant = (count: number): Instant | undefined =>
  Number.isSafeInteger(count) ? (plausibleInstant(count * 1000) ?? plausibleInstant(count)) : undefined
