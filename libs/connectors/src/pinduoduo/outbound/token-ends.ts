import type { JsonObject, Tokens } from '../../contract'
import { expiryOf, asInstant } from '../../contract'

/** When the tokens of an answer end. After the end of the refresh token the merchant has to authorise again. */
export function tokenEndsOf(tokens: JsonObject, now: number): Pick<Tokens, 'expiresAt' | 'authorisedUntil'> {
  const authorisedUntil = asInstant(tokens['refresh_token_expires_at'])
  return { expiresAt: expiryOf(tokens, now), ...(authorisedUntil === undefined ? {} : { authorisedUntil }) }
}
