import type { Json, JsonObject } from '../../contract'
import { asArray, asObject, isBlank } from '../../contract'

/** Something in a report is not what it must be. The message has the place, and an unknown word itself. */
export class InvalidField extends Error {}

type Reader<T> = (value: Json, path: string) => T

/** A field that must be there and not blank. @throws Misread */
export function required<T>(data: JsonObject, key: string, read: Reader<T>, path = ''): T {
  const value = data[key]
  if (isBlank(value)) throw new InvalidField(`${path}/${key} is missing`)
  return read(value, `${path}/${key}`)
}

/** A field that may be absent, null or empty; then it is not in the answer either. @throws Misread */
export function optional<K extends string, T>(
  data: JsonObject,
  key: K,
  read: Reader<T>,
  path = '',
): { readonly [P in K]?: T } {
  if (isBlank(data[key])) return {}
  return { [key]: required(data, key, read, path) } as { readonly [P in K]?: T }
}

/** A reader of single fields, as one that throws where it finds nothing. @throws Misread */
export const fieldReader =
  <T>(read: (value: Json) => T | undefined): Reader<T> =>
  (value, path) => {
    const found = read(value)
    if (found === undefined) throw new InvalidField(`${path} is not of its form`)
    return found
  }

/** One of our words; the meaning of others is never guessed. */
export const oneOf =
  <W extends string>(words: Readonly<Record<W, unknown>>): Reader<W> =>
  (value, path) => {
    if (typeof value === 'string' && Object.hasOwn(words, value)) return value as W
    throw new InvalidField(`${path} has no such word: ${shown(value)}`)
  }

const shown = (value: Json): string =>
  typeof value === 'string' ? value.replace(/[^\x20-\x7e]/g, '?').slice(0, 60) : typeof value

export const objectOf =
  <T>(read: (data: JsonObject, path: string) => T): Reader<T> =>
  (value, path) => {
    const data = asObject(value)
    if (data === undefined) throw new InvalidField(`${path} is no object`)
    return read(data, path)
  }

const MAX_ITEMS = 200

export const listOf =
  <T>(read: Reader<T>): Reader<readonly T[]> =>
  (value, path) => {
    if (!Array.isArray(value) || value.length > MAX_ITEMS)
      throw new InvalidField(`${path} is no list of at most ${MAX_ITEMS}`)
    return asArray(value).map((item, index) => read(item, `${path}/${index}`))
  }
