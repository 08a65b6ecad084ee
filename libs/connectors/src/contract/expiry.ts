import type { Instant } from '#after-sale'
import type { JsonObject } from './json-fields'
import { asInteger, instantOf } from './json-fields'

/** Longer than any token lives; a larger number is of another unit. */
const MAX_LIFETIME_S = 10 * 366 * 86_400

/**
 * When a token expires, from the answer that brought it: `expires_at` as any spelling of a time, else `expires_in` in seconds
 * from now. `undefined` where neither is usable: then the marketplace refuses the token once it has expired.
 */
export function expiryOf(answer: JsonObject, now: Instant): Instant | undefined {
  const at = instantOf(answer['expires_at'])
  if (at !== undefined) return at
  const seconds = asInteger(answer['expires_in'])
  return seconds !== undefined && seconds > 0 && seconds < MAX_LIFETIME_S ? now + seconds * 1000 : undefined
}
