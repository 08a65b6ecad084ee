import type { Origin } from './origin'
import type { PasskeyProof } from './passkeys/stored-passkeys'
import type { SecondFactors } from './second-factor/second-factors'
import type { OpenedSession } from './sessions'

export interface Credentials {
  readonly login: string
  readonly password: string
  /** The slug of the organisation, for a person of several; otherwise the one joined first. */
  readonly organisation?: string
}

/** The password was right, but the organisation requires its provider: `organisation` is the key of `/login?org=…`. */
export interface OidcWanted {
  readonly outcome: 'oidc-wanted'
  readonly organisation: string
}

/** To be sent back with the second factor, within five minutes. */
export interface SecondFactorWanted {
  readonly outcome: 'second-factor-wanted'
  readonly challenge: string
  readonly factors: SecondFactors
}

/** `refused` is one answer for an unknown login, a wrong password, and a person without an organisation. */
export type SignInResult =
  | { readonly outcome: 'signed-in'; readonly session: OpenedSession }
  | SecondFactorWanted
  | { readonly outcome: 'refused' }
  /** Too many failures of this account or address: nothing was checked. UTC ms. */
  | { readonly outcome: 'throttled'; readonly until: number }
  /** Too many passwords are being checked right now: nothing was checked, try again in seconds. */
  | { readonly outcome: 'busy' }
  | OidcWanted

export type SecondFactorResult = Exclude<SignInResult, { outcome: 'second-factor-wanted' }>

export interface SignIn {
  withPassword(credentials: Credentials, origin: Origin): Promise<SignInResult>
  /** `code`: six digits of the app, or a recovery code. */
  withSecondFactor(challenge: string, code: string, origin: Origin): Promise<SecondFactorResult>
  /** `proof`: the answer to `Passkeys.beginSignIn`. */
  withPasskey(challenge: string, proof: PasskeyProof, origin: Origin): Promise<SecondFactorResult>
}
