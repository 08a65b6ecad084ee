import type { DataSource } from 'typeorm'
import type { Vault } from '../vault'
import type { PasswordHashing } from './passwords/password-hashing'
import type { Throttle } from './throttle'

export interface SessionLimits {
  /** A session ends this long after it was last used. */
  readonly idleMs: number
  /** A session ends this long after it was opened. */
  readonly absoluteMs: number
}

/** What every part of the identity works with. */
export interface IdentityContext {
  readonly database: DataSource
  readonly vault: Vault
  readonly limits: SessionLimits
  readonly now: () => number
  readonly hashing: PasswordHashing
  readonly throttle: Throttle
}
