import type { PersonActor } from '../actor'
import type { LinkFlaw } from '../links'
import type { Origin } from '../origin'
import type { Role } from '../roles'
import type { OpenedSession } from '../sessions'
import type { SecondFactorWanted } from '../sign-in'

/** One value of the claim, and the role that may log in with it. */
export interface RoleValue {
  readonly value: string
  readonly role: Role
}

/** Who may log in through the provider. Rules only restrict: rights are always those that an owner granted. */
export interface OidcRules {
  /** Domains of which one is that of the verified e-mail address; none: any. */
  readonly emailDomains: readonly string[]
  /** The claim whose values name roles; null: any person. */
  readonly roleClaim: string | null
  /** The person's role has to be that of one of the claim's values. */
  readonly roleValues: readonly RoleValue[]
}

export interface OidcSettings extends OidcRules {
  /** Names the organisation in `/login?org=…`; 16 random bytes, so that strangers cannot find out which organisations there are. */
  readonly loginKey: string
  readonly issuer: string
  readonly clientId: string
  readonly required: boolean
  readonly changedAt: number
}

export interface OidcProvider extends OidcSettings {
  readonly org: number
  readonly clientSecret: string
}

export interface NewOidcSettings extends OidcRules {
  readonly issuer: string
  readonly clientId: string
  /** Absent: the stored one, if issuer and client are the same. */
  readonly clientSecret?: string
  readonly required: boolean
}

/** Why a person was sent to the provider. */
export type OidcPurpose = 'sign-in' | 'invitation' | 'link' | 'proof'

export interface BegunAttempt {
  readonly outcome: 'begun'
  readonly provider: OidcProvider
  readonly purpose: OidcPurpose
  /** Handed to the provider, which hands it back; only its hash is stored. */
  readonly state: string
}

export interface OidcAttempt {
  readonly org: number
  readonly purpose: OidcPurpose
  readonly session: string | null
  readonly link: string | null
  readonly login: string | null
  readonly displayName: string | null
  readonly beganAt: number
}

export type BeginResult =
  | BegunAttempt
  /** One answer for an unknown organisation, one without a provider, and a link that cannot be used. */
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'flawed'; readonly flaws: readonly LinkFlaw[] }
  | { readonly outcome: 'throttled'; readonly until: number }

export type RedeemResult =
  | { readonly outcome: 'redeemed'; readonly attempt: OidcAttempt; readonly provider: OidcProvider }
  | { readonly outcome: 'refused' }

/** What the provider has said, once every check of its answer has passed. */
export interface VerifiedSubject {
  readonly issuer: string
  readonly subject: string
  /** Only where the provider says that it is verified. */
  readonly verifiedEmail: string | undefined
  /** The values of the organisation's claim. */
  readonly claimValues: readonly string[]
  /** When the person last gave the provider a proof, UTC ms. */
  readonly authenticatedAt: number | undefined
}

export type OidcRefusal =
  /** No person of the organisation is linked. */
  | 'not-linked'
  | 'person-disabled'
  /** Neither domain nor claim allow it. */
  | 'not-allowed'
  /** Linked to another person, or the person to another subject. */
  | 'already-linked'
  /** The provider did not ask again. */
  | 'not-fresh'
  /** The person has a second factor, and proves by that. */
  | 'code-wanted'
  /** The proof is that of another person. */
  | 'other-person'
  | 'link-not-usable'
  /** The session that began has ended. */
  | 'session-ended'

export type OidcResult =
  | { readonly outcome: 'signed-in'; readonly session: OpenedSession }
  | SecondFactorWanted
  | { readonly outcome: 'linked' }
  | { readonly outcome: 'proven'; readonly at: number }
  | { readonly outcome: 'flawed'; readonly flaws: readonly LinkFlaw[] }
  | { readonly outcome: 'refused'; readonly reason: OidcRefusal }

/**
 * Log-in through an organisation's own provider. The caller speaks with the provider and verifies its answer; here is who is
 * who. Every write is audited in its own transaction.
 */
export interface Oidc {
  settings(actor: Pick<PersonActor, 'org'>): Promise<OidcSettings | undefined>
  /** Members who are not owners and whom the present provider does not log in yet. */
  notLinked(actor: Pick<PersonActor, 'org'>): Promise<{ readonly login: string; readonly displayName: string }[]>
  /** The caller has tried the provider, and checks the actor's permission. */
  saveSettings(
    actor: PersonActor,
    settings: NewOidcSettings,
  ): Promise<'saved' | 'secret-missing' | 'owner-without-password' | 'more-than-own-rights'>
  removeSettings(actor: PersonActor): Promise<'removed' | 'none' | 'more-than-own-rights'>
  /** @param browser the token of the cookie that ties the attempt to the browser */
  beginSignIn(loginKey: string, browser: string, origin: Origin): Promise<BeginResult>
  beginInvitation(
    link: { readonly token: string; readonly login?: string; readonly displayName?: string },
    browser: string,
    origin: Origin,
  ): Promise<BeginResult>
  /** For a person who is signed in: to link the own account, or to prove again who asks. */
  beginOwn(actor: PersonActor, purpose: 'link' | 'proof', browser: string): Promise<BeginResult>
  /** Uses the attempt up: of concurrent calls exactly one gets it. Another browser or session does not use it up. */
  redeem(state: string, browser: string, actor: PersonActor | undefined): Promise<RedeemResult>
  finish(attempt: OidcAttempt, subject: VerifiedSubject, origin: Origin): Promise<OidcResult>
  /** `undefined`: the organisation has no provider. */
  ownLink(actor: PersonActor): Promise<{ readonly linked: boolean; readonly required: boolean } | undefined>
  unlink(actor: PersonActor): Promise<'done' | 'not-linked' | 'no-other-log-in'>
}
