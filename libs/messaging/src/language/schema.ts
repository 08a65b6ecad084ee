/** JSON Schema 2020-12, as far as the published language uses it. */
export type Schema = Readonly<Record<string, unknown>>

interface Optional {
  readonly optional: Schema
}

/** Marks a field of `shape` as optional. */
export const optional = (schema: Schema): Optional => ({ optional: schema })

export const text: Schema = { type: 'string' }
export const nonEmptyText: Schema = { type: 'string', minLength: 1 }
export const flag: Schema = { type: 'boolean' }
export const count: Schema = { type: 'integer', minimum: 0 }
/** Money: hundredths of a yuan. */
export const fen: Schema = { type: 'integer', minimum: 0, description: 'fen: hundredths of a yuan' }
export const instant: Schema = { type: 'integer', description: 'milliseconds since 1970-01-01T00:00:00Z' }
export const instantOrNull: Schema = {
  type: ['integer', 'null'],
  description: 'milliseconds since 1970-01-01T00:00:00Z; null: none runs',
}

/**
 * An enum that is open for consumers: the second branch of `anyOf` accepts any new word, so that an old consumer does not break
 * over one. We publish only documented words (see `strict`).
 */
export const openEnum = (words: Readonly<Record<string, unknown>> | readonly string[]): Schema => ({
  type: 'string',
  anyOf: [{ enum: Array.isArray(words) ? [...(words as readonly string[])] : Object.keys(words) }, { minLength: 1 }],
})

export const list = (items: Schema): Schema => ({ type: 'array', items })

/** An object. Fields not marked optional are required; consumers ignore unknown fields. */
export function shape(fields: Readonly<Record<string, Schema | Optional>>): Schema {
  const properties = Object.fromEntries(
    Object.entries(fields).map(([key, field]) => [key, isOptional(field) ? field.optional : field]),
  )
  const required = Object.keys(fields).filter((key) => !isOptional(fields[key] as Schema | Optional))
  return { type: 'object', properties, ...(required.length === 0 ? {} : { required }) }
}

const isOptional = (field: Schema | Optional): field is Optional => 'optional' in field

/**
 * The schema for what we publish: it rejects undocumented fields and words, so that nothing gets into an event by accident,
 * personal data above all.
 */
export function strict(schema: Schema): Schema {
  const entries = Object.entries(schema).map(([key, value]) => [key, strictValue(key, value)] as const)
  const narrowed = Object.fromEntries(entries)
  if ('properties' in schema) return { ...narrowed, additionalProperties: false }
  return narrowed
}

function strictValue(key: string, value: unknown): unknown {
  if (key === 'properties')
    return Object.fromEntries(
      Object.entries(value as Record<string, Schema>).map(([name, field]) => [name, strict(field)]),
    )
  if (key === 'items') return strict(value as Schema)
  if (key === 'additionalProperties' && typeof value === 'object') return strict(value as Schema)
  // Drops the branch of `openEnum` that accepts any word.
  if (key === 'anyOf') return [(value as readonly Schema[])[0]]
  return value
}
