import type { DataSource } from 'typeorm'
import type { Vault } from '../vault'
import type { ApiKeys } from './api-keys'
import type { Links } from './links'
import type { Members } from './members'
import type { OwnAccount } from './own-account'
import type { Sessions } from './sessions'
import type { SignIn } from './sign-in'

export interface SessionLimits {
  /** A session ends this long after it was last used. */
  readonly idleMs: number
  /** A session ends this long after it was opened. */
  readonly absoluteMs: number
}

export const SESSION_LIMITS: SessionLimits = { idleMs: 30 * 60_000, absoluteMs: 12 * 3_600_000 }

export interface IdentityParts {
  readonly database: DataSource
  readonly vault: Vault
  readonly limits?: SessionLimits
  /** Real time, in UTC ms: not the clock of the trade, which the demonstration moves by days. */
  readonly now?: () => number
}

/** Who somebody is, and how that is proven. Everything here audits its own writes, in the transaction that makes them. */
export interface Identity {
  readonly signIn: SignIn
  readonly sessions: Sessions
  readonly apiKeys: ApiKeys
  readonly links: Links
  readonly members: Members
  readonly ownAccount: OwnAccount
  /** Removes what has long ended: attempts, links, sessions. To be called at the start and every hour. */
  sweep(): Promise<void>
}

/** One a process: it bounds how many passwords are hashed at once. */
export function openIdentity(_parts: IdentityParts): Identity {
  throw new Error('not built yet')
}
