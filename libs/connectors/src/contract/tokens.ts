import type { Instant } from '#after-sale'

/** With what a store's calls are authorised. Secret; sealed at rest. */
export interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresAt: Instant | undefined
  /** When the authorisation ends unless it is given again, where the marketplace says so. */
  readonly authorisedUntil?: Instant
  /** The store that they are good for, where the marketplace says so. */
  readonly shop?: string
}
