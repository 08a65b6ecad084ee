import type { Json, JsonObject } from '../../contract'
import { asArray, asObject, isBlank } from '../../contract'

/** Something in a report is not what it must be. The message has the place, and an unknown word itself. */
export class Misread extends Error {}

type Reader<T> = (value: Json, place: string) => T

/** A field that must be there and not blank. @throws Misread */
export function needed<T>(data: JsonObject, key: string, read: Reader<T>, place = ''): T {
  const value = data[key]
  if (isBlank(value)) throw new Misread(`${place}/${key} is missing`)
  return read(value, `${place}/${key}`)
}

/** A field that may be absent, null or empty; then it is not in the answer either. @throws Misread */
export function maybe<K extends string, T>(
  data: JsonObject,
  key: K,
  read: Reader<T>,
  place = '',
): { readonly [P in K]?: T } {
  if (isBlank(data[key])) return {}
  return { [key]: needed(data, key, read, place) } as { readonly [P in K]?: T }
}

/** A reader of single fields, as one that throws where it finds nothing. @throws Misread */
export const by =
  <T>(read: (value: Json) => T | undefined): Reader<T> =>
  (value, place) => {
    const found = read(value)
    if (found === undefined) throw new Misread(`${place} is not of its form`)
    return found
  }

/** One of our words; the meaning of others is never guessed. */
export const wordOf =
  <W extends string>(words: Readonly<Record<W, unknown>>): Reader<W> =>
  (value, place) => {
    if (typeof value === 'string' && Object.hasOwn(words, value)) return value as W
    throw new Misread(`${place} has no such word: ${shown(value)}`)
  }

const shown = (value: Json): string =>
  typeof value === 'string' ? value.replace(/[^\x20-\x7e]/g, '?').slice(0, 60) : typeof value

export const objectOf =
  <T>(read: (data: JsonObject, place: string) => T): Reader<T> =>
  (value, place) => {
    const data = asObject(value)
    if (data === undefined) throw new Misread(`${place} is no object`)
    return read(data, place)
  }

const MOST = 200

export const listOf =
  <T>(read: Reader<T>): Reader<readonly T[]> =>
  (value, place) => {
    if (!Array.isArray(value) || value.length > MOST) throw new Misread(`${place} is no list of at most ${MOST}`)
    return asArray(value).map((item, index) => read(item, `${place}/${index}`))
  }
