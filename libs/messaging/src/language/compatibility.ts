import type { Schema } from './schema'

/**
 * Changes that would break a consumer: old consumers receive new messages, and new consumers find old messages in the topic. So
 * only a new optional field and a new word of an open enum are compatible; anything else needs a new version of the type.
 * Returns the places with what changed; empty: compatible.
 */
export function breakingChanges(before: Schema, after: Schema, place = ''): string[] {
  return [...keywordsOf(before, after)].sort().flatMap((keyword) => {
    const [was, is] = [before[keyword], after[keyword]]
    switch (keyword) {
      case 'properties':
        return brokenFields((was ?? {}) as Fields, (is ?? {}) as Fields, place)
      case 'items':
        return isSchema(was) && isSchema(is) ? breakingChanges(was, is, `${place}/*`) : [`${place}: items changed`]
      case 'required':
        return brokenRequired((was ?? []) as string[], (is ?? []) as string[], place)
      case 'anyOf':
        return isWord(was) && isWord(is)
          ? removedWords(was, is, place)
          : differs(was, is, `${place}: ${keyword} changed`)
      default:
        return differs(was, is, `${place || '/'}: ${keyword} changed`)
    }
  })
}

type Fields = Readonly<Record<string, Schema>>

/** Annotations do not affect validation. */
const ANNOTATIONS: ReadonlySet<string> = new Set(['title', 'description', '$comment', 'examples'])

const keywordsOf = (...schemas: readonly Schema[]): Set<string> =>
  new Set(schemas.flatMap((schema) => Object.keys(schema).filter((key) => !ANNOTATIONS.has(key))))

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const differs = (was: unknown, is: unknown, description: string): string[] =>
  JSON.stringify(was) === JSON.stringify(is) ? [] : [description]

// A field that is new may be absent, or `required` says so below.
const brokenFields = (was: Fields, is: Fields, place: string): string[] =>
  Object.entries(was).flatMap(([field, schema]) => {
    const now = is[field]
    return now === undefined ? [`${place}/${field}: gone`] : breakingChanges(schema, now, `${place}/${field}`)
  })

const brokenRequired = (was: readonly string[], is: readonly string[], place: string): string[] => [
  ...was.filter((field) => !is.includes(field)).map((field) => `${place}/${field}: no longer always there`),
  ...is.filter((field) => !was.includes(field)).map((field) => `${place}/${field}: was not always there`),
]

type Word = readonly [{ readonly enum: readonly string[] }, object]

const isWord = (value: unknown): value is Word =>
  Array.isArray(value) &&
  value.length === 2 &&
  Array.isArray((value[0] as { enum?: unknown }).enum) &&
  JSON.stringify(value[1]) === '{"minLength":1}'

const removedWords = ([was]: Word, [is]: Word, place: string): string[] =>
  was.enum.filter((word) => !is.enum.includes(word)).map((word) => `${place}: the word ${word} is gone`)
