import type { Identity } from '#access'
import { token } from '#runtime'

/** Log-in, sessions, people and API keys; see `libs/access`. */
export type IdentityService = Identity
export const IDENTITY = token<Identity>('identity')
