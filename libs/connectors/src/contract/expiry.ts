import type { Instant } from '#after-sale'
import type { JsonObject } from './json-fields'
import { asInteger, asInstant } from './json-fields'

/** Longer than the lifetime of any token; a larger number must be in another unit. */
const MAX_LIFETIME_S = 10 * 366 * 86_400

/**
 * When a token expires, by the answer that contains it: `expires_at` in any format of time, else `expires_in` in
 * seconds from now. `undefined` where neither is usable: then the expiry is noticed when the marketplace refuses the
 * token.
 */
export function expiryOf(answer: JsonObject, now: Instant): Instant | undefined {
  const at = asInstant(answer['expires_at'])
  if (at !== undefined) return at
  const seconds = asInteger(answer['expires_in'])
  return seconds !== undefined && seconds > 0 && seconds < MAX_LIFETIME_S ? now + seconds * 1000 : undefined
}
