import type { Json, JsonObject } from '../../contract'
import { asArray, asObject, isBlank } from '../../contract'

/** A field of a report is invalid. The message contains its path and, where it is unknown, the value. */
export class InvalidField extends Error {}

type Reader<T> = (value: Json, path: string) => T

/** Reads a required, non-blank field. @throws InvalidField */
export function readRequired<T>(data: JsonObject, key: string, read: Reader<T>, path = ''): T {
  const value = data[key]
  if (isBlank(value)) throw new InvalidField(`${path}/${key} is missing`)
  return read(value, `${path}/${key}`)
}

/** Reads a field that may be absent, `null` or empty; the result then lacks it, too. @throws InvalidField */
export function readOptional<K extends string, T>(
  data: JsonObject,
  key: K,
  read: Reader<T>,
  path = '',
): { readonly [P in K]?: T } {
  if (isBlank(data[key])) return {}
  return { [key]: readRequired(data, key, read, path) } as { readonly [P in K]?: T }
}

/** Turns a reader that returns `undefined` for invalid values into one that throws. @throws InvalidField */
export const fieldReader =
  <T>(read: (value: Json) => T | undefined): Reader<T> =>
  (value, path) => {
    const fieldValue = read(value)
    if (fieldValue === undefined) throw new InvalidField(`${path} is not of its form`)
    return fieldValue
  }

/** Reads one of the given values; the meaning of any other value is never guessed. */
export const oneOf =
  <W extends string>(allowedValues: Readonly<Record<W, unknown>>): Reader<W> =>
  (value, path) => {
    if (typeof value === 'string' && Object.hasOwn(allowedValues, value)) return value as W
    throw new InvalidField(`${path} has no such word: ${displayValue(value)}`)
  }

const displayValue = (value: Json): string =>
  typeof value === 'string' ? value.replace(/[^\x20-\x7e]/g, '?').slice(0, 60) : typeof value

export const objectOf =
  <T>(read: (data: JsonObject, path: string) => T): Reader<T> =>
  (value, path) => {
    const data = asObject(value)
    if (data === undefined) throw new InvalidField(`${path} is no object`)
    return read(data, path)
  }

/** No case has so many lines or parcels; a longer list is refused. */
const MAX_ITEMS = 200

export const listOf =
  <T>(read: Reader<T>): Reader<readonly T[]> =>
  (value, path) => {
    if (!Array.isArray(value) || value.length > MAX_ITEMS)
      throw new InvalidField(`${path} is no list of at most ${MAX_ITEMS}`)
    return asArray(value).map((item, index) => read(item, `${path}/${index}`))
  }
