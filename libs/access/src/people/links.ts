import type { PersonActor } from './actor'
import type { Origin } from './origin'
import type { PasswordFlaw } from './passwords/password-rules'
import type { OpenedSession } from './sessions'
import type { Role } from './roles'
import type { OidcWanted, SecondFactorWanted } from './sign-in'

/** What a one-time link is for: the first owner, a new colleague, the owner of the demonstration, a new password. */
export type LinkPurpose = 'owner' | 'invite' | 'demo' | 'reset'

/** What the page has to ask for before it opens the link. */
export interface LinkView {
  readonly purpose: LinkPurpose
  readonly organisation: string
  readonly role: Role | null
  /** Preset, or null: the person chooses. For `reset`: the person's. */
  readonly login: string | null
  readonly expiresAt: number
  /** The organisation's people may log in through its provider; null: they may not. */
  readonly oidc: 'possible' | 'required' | null
}

/** For `demo` nothing is needed; for `reset` a password; for the others all three. */
export interface LinkAnswers {
  readonly login?: string
  readonly displayName?: string
  readonly password?: string
}

export type OpenLinkResult =
  | { readonly outcome: 'signed-in'; readonly session: OpenedSession }
  /** The link is used up; the person goes on by `SignIn.withSecondFactor` or `withPasskey`. */
  | SecondFactorWanted
  /** One answer for an unknown link, one that has expired, and one that was used. */
  | { readonly outcome: 'refused' }
  /** The answers were not accepted; the link can still be used. */
  | { readonly outcome: 'flawed'; readonly flaws: readonly LinkFlaw[] }
  | { readonly outcome: 'throttled'; readonly until: number }
  | { readonly outcome: 'busy' }
  /** The organisation requires its provider; the link can still be used. */
  | OidcWanted

export type JoinResult =
  | { readonly outcome: 'joined' }
  | {
      readonly outcome: 'refused'
      readonly reason:
        | 'link-not-usable'
        /** The link presets a login, which is not the person's. */
        | 'link-of-another-login'
        /** Or was one, and is disabled: an owner can enable the person. */
        | 'already-member'
    }

export type LinkFlaw = 'login-missing' | 'login-unusable' | 'login-taken' | 'name-missing' | PasswordFlaw

export interface Links {
  /** `undefined`: unknown, expired or used. Does not use it up. */
  view(token: string): Promise<LinkView | undefined>
  /** Uses it up: of several at once exactly one wins. */
  open(token: string, answers: LinkAnswers, origin: Origin): Promise<OpenLinkResult>
  /**
   * Uses it up for a person who has a log-in: adds the membership, and the session goes on in that organisation. Only links for
   * a first owner and for a new colleague. The caller checks that the person proved recently who they are.
   */
  join(token: string, actor: PersonActor): Promise<JoinResult>
  /** Called when a process starts: a link for each organisation without an owner. Earlier ones are void. */
  claimLinks(): Promise<ClaimLink[]>
  /** Called when the demonstration starts: a link that signs in as its owner, who is created if absent. Earlier ones are void. */
  demoLink(org: number): Promise<ClaimLink>
}

export interface ClaimLink {
  readonly org: number
  /** The organisation's slug. */
  readonly organisation: string
  readonly token: string
  readonly expiresAt: number
}
