import type { JsonObject } from '../../contract'
import { asObject } from '../../contract'

/** The part of an answer that has this field: the answer itself, or what it wraps under a name that sources disagree on. */
export function unwrap(json: JsonObject, field: string): JsonObject {
  if (json[field] !== undefined) return json
  return (
    Object.values(json)
      .map(asObject)
      .find((inner) => inner?.[field] !== undefined) ?? {}
  )
}
