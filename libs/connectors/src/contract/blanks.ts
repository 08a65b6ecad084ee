import type { JsonObject } from './json-fields'
import type { Json } from './exact-json'

/**
 * Whether a value is missing, in any of the forms that marketplaces, SDKs and relays use: absent, `null`, or an empty
 * text.
 */
export const isBlank = (value: Json | undefined): value is null | '' | undefined =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

/**
 * The same object without its blank members, at every depth. Absent, `null` and `""` mean the same in every message, so the
 * translations are written for one of them only: absent. Elements of lists keep their places; `0` and `false` are values.
 */
export function withoutBlanks(message: JsonObject): JsonObject {
  const filled: Record<string, Json> = {}
  for (const [key, value] of Object.entries(message))
    // Assigning to a member called __proto__ would set the prototype of the copy, so it is left out.
    if (!isBlank(value) && key !== '__proto__') filled[key] = stripBlanks(value)
  return filled
}

function stripBlanks(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return (value as readonly Json[]).map(stripBlanks)
  return withoutBlanks(value as JsonObject)
}
