import { isStorableJson } from './storable-text'

/**
 * Parameters of a multi-row statement: one PostgreSQL array literal for each column, of which `unnest($1::uuid[], …)` makes
 * rows again. A JSON array of rows would be parsed three times by the server: as a parameter, into rows, and every JSON in it
 * once more. That was half of what a batch cost the database.
 */

type Nullable<T> = T | null

const arrayLiteral = (values: readonly (string | number | boolean | null)[]): string => `{${values.join(',')}}`
const orNull = <T>(value: Nullable<T>): T | 'NULL' => value ?? 'NULL'

export const numberArray = (values: readonly Nullable<number>[]): string => arrayLiteral(values.map(orNull))
export const booleanArray = (values: readonly boolean[]): string => arrayLiteral(values)
/** UUIDs: nothing in them needs quotes. */
export const uuidArray = (values: readonly string[]): string => arrayLiteral(values)
export const textArray = (values: readonly Nullable<string>[]): string => arrayLiteral(values.map(quoteText))

const NEEDS_ESCAPE = /["\\]/
const EVERY_ESCAPED = /["\\]/g

const quoteText = (text: Nullable<string>): string =>
  text === null ? 'NULL' : `"${NEEDS_ESCAPE.test(text) ? text.replace(EVERY_ESCAPED, '\\$&') : text}"`

/** JSON values side by side in one binary parameter, so that nothing is escaped. `starts` count from 1, as SQL does. */
export interface PackedJson {
  readonly bytes: Buffer
  readonly starts: string
  readonly lengths: string
}

/**
 * A character that no text of PostgreSQL can store: NUL, or half of a surrogate pair. `code` is PostgreSQL's own for
 * it.
 */
export class UnstorableLetter extends Error {
  readonly code = '22P05'

  constructor() {
    super('there is a letter in it that the database cannot hold')
  }
}

// A `json` column accepts such characters, and then every query of the row fails.
function storableJsonOf(value: unknown): string {
  const json = JSON.stringify(value)
  if (!isStorableJson(json)) throw new UnstorableLetter()
  return json
}

/** Packs values as JSON, one after the other; `unpackJsonSql` reads them again. @throws UnstorableLetter */
export function packJson(values: readonly unknown[]): PackedJson {
  const parts = values.map(storableJsonOf)
  const starts: number[] = []
  const lengths: number[] = []
  let at = 1
  for (const part of parts) {
    const length = Buffer.byteLength(part)
    starts.push(at)
    lengths.push(length)
    at += length
  }
  return { bytes: Buffer.from(parts.join('')), starts: numberArray(starts), lengths: numberArray(lengths) }
}

/** SQL for the JSON that is stored in a parameter at the columns `at` and `length`. */
export const unpackJsonSql = (parameter: string): string =>
  `convert_from(substring(${parameter}::bytea FROM at FOR length), 'UTF8')::json`
