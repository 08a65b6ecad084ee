import type { Fen, Instant } from '#after-sale'
import type { Json } from './exact-json'

/** Field readers for what marketplaces send: each answers `undefined` for what is absent or not of its form. */

export type JsonObject = { readonly [key: string]: Json }

export const asObject = (value: Json | undefined): JsonObject | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined

export const asArray = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : [])

/** Text that PostgreSQL and people can take: no NUL, no lone surrogates, trimmed, at most `limit` characters. */
export function asText(value: Json | undefined, limit = 500): string | undefined {
  if (typeof value !== 'string') return undefined
  const clean = value.replaceAll('\u0000', '').toWellFormed().trim().slice(0, limit).toWellFormed()
  return clean === '' ? undefined : clean
}

/** An id, as text to the last digit. Numbers that could have lost digits are not ids. Some documents quote it twice. */
export function asId(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? String(value) : undefined
  const text = asText(value, 66)?.replace(/^"|"$/g, '')
  return text === undefined || text === '' || text === '0' || !/^[\x21-\x7e]+$/.test(text) ? undefined : text
}

/** A small integer: a number, or digits in a text. */
export function asInteger(value: Json | undefined): number | undefined {
  const number = typeof value === 'number' ? value : typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : NaN
  return Number.isSafeInteger(number) ? number : undefined
}

/** Money that is already fen. Negative or fractional is not money. */
export function fenOf(value: Json | undefined): Fen | undefined {
  const fen = asInteger(value)
  return fen !== undefined && fen >= 0 ? fen : undefined
}

/** Money that is yuan in text, `"8.00"`: by digits, never by float (facts E1). */
export function fenOfYuan(value: Json | undefined): Fen | undefined {
  const text = typeof value === 'number' ? String(value) : value
  const match = typeof text === 'string' ? /^(\d{1,12})(?:\.(\d{1,2})0*)?$/.exec(text.trim()) : null
  return match === null ? undefined : Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

const EARLIEST = Date.UTC(2010, 0, 1)
const LATEST = Date.UTC(2100, 0, 1)
const plausible = (ms: number): Instant | undefined => (ms >= EARLIEST && ms < LATEST ? ms : undefined)

export const instantOfSeconds = (value: Json | undefined): Instant | undefined => plausible((asInteger(value) ?? 0) * 1000)

export const instantOfMs = (value: Json | undefined): Instant | undefined => plausible(asInteger(value) ?? 0)

/** `2018-04-10 17:03:29` in China time, ISO text with a zone, seconds or milliseconds in digits: whichever it is. */
export function instantOfText(value: Json | undefined): Instant | undefined {
  if (typeof value === 'number') return value > 1e11 ? instantOfMs(value) : instantOfSeconds(value)
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  if (/^\d{10}$/.test(text)) return instantOfSeconds(text)
  if (/^\d{13}$/.test(text)) return instantOfMs(text)
  const local = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?)(Z|[+-]\d{2}:\d{2})?$/.exec(text)
  return local === null ? undefined : plausible(Date.parse(`${local[1]}T${local[2]}${local[3] ?? '+08:00'}`))
}
