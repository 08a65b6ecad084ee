import type { Identity } from '#access'
import { token } from '#runtime'

/** Who somebody is, and how that is proven; see `libs/access`. */
export type IdentityService = Identity
export const IDENTITY = token<Identity>('identity')
