import type { DataSource } from 'typeorm'
import type { Vault } from '../vault'
import type { ApiKeys } from './api-keys'
import { DatabaseApiKeys } from './database-api-keys'
import { DatabaseLinks } from './database-links'
import { DatabaseMembers } from './database-members'
import { DatabaseOwnAccount } from './database-own-account'
import { DatabaseSessions } from './database-sessions'
import { DatabaseSignIn } from './database-sign-in'
import type { IdentityContext, SessionLimits } from './identity-context'
import { InvitedPeople } from './invited-people'
import type { Links } from './links'
import { DatabaseOidc } from './oidc/database-oidc'
import type { Oidc } from './oidc/oidc'
import type { Members } from './members'
import type { OwnAccount } from './own-account'
import { DatabasePasskeys } from './passkeys/database-passkeys'
import type { Passkeys } from './passkeys/passkeys'
import { PasswordHashing } from './passwords/password-hashing'
import type { Sessions } from './sessions'
import type { SignIn } from './sign-in'
import { sweepIdentity } from './sweep'
import { Throttle } from './throttle'

export const SESSION_LIMITS: SessionLimits = { idleMs: 30 * 60_000, absoluteMs: 12 * 3_600_000 }

export interface IdentityParts {
  readonly database: DataSource
  readonly vault: Vault
  readonly limits?: SessionLimits
  /** Real time, in UTC ms: not the clock of the trade, which the demonstration moves by days. */
  readonly now?: () => number
}

/** People, sessions, keys and links. Every write is audited in its own transaction. */
export interface Identity {
  readonly signIn: SignIn
  readonly sessions: Sessions
  readonly apiKeys: ApiKeys
  readonly links: Links
  readonly members: Members
  readonly ownAccount: OwnAccount
  readonly passkeys: Passkeys
  readonly oidc: Oidc
  /** Removes attempts, links and sessions that ended long ago. Call it at the start and every hour. */
  sweep(): Promise<void>
}

/** Create one per process: it bounds how many passwords are hashed at once. */
export function openIdentity({ database, vault, limits = SESSION_LIMITS, now = Date.now }: IdentityParts): Identity {
  const context: IdentityContext = {
    ...{ database, vault, limits, now },
    hashing: new PasswordHashing(),
    throttle: new Throttle(database),
  }
  const invited = new InvitedPeople(context)
  return {
    signIn: new DatabaseSignIn(context),
    sessions: new DatabaseSessions(context),
    apiKeys: new DatabaseApiKeys(context),
    links: new DatabaseLinks(context, invited),
    members: new DatabaseMembers(context),
    ownAccount: new DatabaseOwnAccount(context),
    passkeys: new DatabasePasskeys(context),
    oidc: new DatabaseOidc(context, invited),
    sweep: () => sweepIdentity(context),
  }
}
