import type { Schema } from './schema'

/**
 * The changes that would break a consumer, each with its path. Old consumers receive new messages, and new consumers read old
 * messages from the topic, so only a new optional field and a new word of an open enum are compatible; anything else needs a new
 * version of the type.
 */
export function breakingChanges(before: Schema, after: Schema, path = ''): string[] {
  return [...keywordsOf(before, after)].sort().flatMap((keyword) => {
    const [oldValue, newValue] = [before[keyword], after[keyword]]
    switch (keyword) {
      case 'properties':
        return breakingFieldChanges((oldValue ?? {}) as Fields, (newValue ?? {}) as Fields, path)
      case 'items':
        return isSchema(oldValue) && isSchema(newValue)
          ? breakingChanges(oldValue, newValue, `${path}/*`)
          : [`${path}: items changed`]
      case 'required':
        return breakingRequiredChanges((oldValue ?? []) as string[], (newValue ?? []) as string[], path)
      case 'anyOf':
        return isOpenEnum(oldValue) && isOpenEnum(newValue)
          ? removedWords(oldValue, newValue, path)
          : changeOf(oldValue, newValue, `${path}: ${keyword} changed`)
      default:
        return changeOf(oldValue, newValue, `${path || '/'}: ${keyword} changed`)
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

const changeOf = (oldValue: unknown, newValue: unknown, description: string): string[] =>
  JSON.stringify(oldValue) === JSON.stringify(newValue) ? [] : [description]

// New fields are compatible here; whether they are required is checked below.
const breakingFieldChanges = (oldValue: Fields, newValue: Fields, path: string): string[] =>
  Object.entries(oldValue).flatMap(([field, schema]) => {
    const newSchema = newValue[field]
    return newSchema === undefined ? [`${path}/${field}: gone`] : breakingChanges(schema, newSchema, `${path}/${field}`)
  })

const breakingRequiredChanges = (oldValue: readonly string[], newValue: readonly string[], path: string): string[] => [
  ...oldValue.filter((field) => !newValue.includes(field)).map((field) => `${path}/${field}: no longer always there`),
  ...newValue.filter((field) => !oldValue.includes(field)).map((field) => `${path}/${field}: was not always there`),
]

type OpenEnum = readonly [{ readonly enum: readonly string[] }, object]

const isOpenEnum = (value: unknown): value is OpenEnum =>
  Array.isArray(value) &&
  value.length === 2 &&
  Array.isArray((value[0] as { enum?: unknown }).enum) &&
  JSON.stringify(value[1]) === '{"minLength":1}'

const removedWords = ([oldValue]: OpenEnum, [newValue]: OpenEnum, path: string): string[] =>
  oldValue.enum.filter((word) => !newValue.enum.includes(word)).map((word) => `${path}: the word ${word} is gone`)
