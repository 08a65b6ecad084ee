import type { Json, JsonObject } from '../../contract'
import { asArray, asObject, isBlank } from '../../contract'

/** Something in a report is not what it must be. Says where, and of a word that nobody knows which. */
export class Misread extends Error {}

type Reader<T> = (value: Json, place: string) => T

/** A field that must be there and not blank. @throws Misread */
export function needed<T>(told: JsonObject, key: string, read: Reader<T>, place = ''): T {
  const value = told[key]
  if (isBlank(value)) throw new Misread(`${place}/${key} is missing`)
  return read(value, `${place}/${key}`)
}

/** A field that may be absent, null or empty; then it is not in the answer either. @throws Misread */
export function maybe<K extends string, T>(
  told: JsonObject,
  key: K,
  read: Reader<T>,
  place = '',
): { readonly [P in K]?: T } {
  if (isBlank(told[key])) return {}
  return { [key]: needed(told, key, read, place) } as { readonly [P in K]?: T }
}

/** What one of the readers of single fields takes for what it is. */
export const by =
  <T>(read: (value: Json) => T | undefined): Reader<T> =>
  (value, place) => {
    const found = read(value)
    if (found === undefined) throw new Misread(`${place} is not of its form`)
    return found
  }

/** One of our words; others are never guessed at. */
export const wordOf =
  <W extends string>(words: Readonly<Record<W, unknown>>): Reader<W> =>
  (value, place) => {
    if (typeof value === 'string' && Object.hasOwn(words, value)) return value as W
    throw new Misread(`${place} has no such word: ${shown(value)}`)
  }

const shown = (value: Json): string =>
  typeof value === 'string' ? value.replace(/[^\x20-\x7e]/g, '?').slice(0, 60) : typeof value

export const objectOf =
  <T>(read: (told: JsonObject, place: string) => T): Reader<T> =>
  (value, place) => {
    const told = asObject(value)
    if (told === undefined) throw new Misread(`${place} is no object`)
    return read(told, place)
  }

const MOST = 200

export const listOf =
  <T>(read: Reader<T>): Reader<readonly T[]> =>
  (value, place) => {
    if (!Array.isArray(value) || value.length > MOST) throw new Misread(`${place} is no list of at most ${MOST}`)
    return asArray(value).map((item, index) => read(item, `${place}/${index}`))
  }
