import type { PersonActor } from './actor'
import type { Origin } from './origin'
import type { PasskeyProof } from './passkeys/stored-passkeys'

/** A session just opened. `token` is for the cookie; only its hash is stored. */
export interface OpenedSession {
  readonly token: string
  readonly actor: PersonActor
  /** When it ends at the latest, for the cookie. UTC ms. */
  readonly endsAt: number
}

/** A session as its person sees it in the list. Instants are UTC ms. */
export interface SessionRow {
  readonly id: string
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly endsAt: number
  readonly userAgent: string
  readonly address: string
}

export type ReauthenticationResult =
  | { readonly outcome: 'done'; readonly at: number }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'throttled'; readonly until: number }
  | { readonly outcome: 'busy' }

/** A code or passkey where there is a second factor, otherwise the password. The owner of the demonstration has neither, and gives an empty password. */
export type Proof = { readonly password: string } | { readonly code: string } | { readonly passkey: PasskeyProof }

export interface Sessions {
  /**
   * Who acts by this cookie; `undefined`: no such session, or it has ended.
   * @param options.noteUse `false`: the session is idle all the same; for checks that no person asks for
   */
  find(token: string, options?: { readonly noteUse?: boolean }): Promise<PersonActor | undefined>
  /** The open sessions of a person, newest first. */
  list(actor: PersonActor): Promise<SessionRow[]>
  /** Ends one of the actor's own sessions. `false`: the actor has no such open session. */
  revoke(actor: PersonActor, session: string): Promise<boolean>
  /** Ends all of the actor's sessions except the current one; returns how many. */
  revokeOthers(actor: PersonActor): Promise<number>
  /** Ends the current session. */
  signOut(actor: PersonActor): Promise<void>
  reauthenticate(actor: PersonActor, proof: Proof, origin: Origin): Promise<ReauthenticationResult>
  /** Continues the current session in another of the person's organisations. `false`: not one of them. */
  switchTo(actor: PersonActor, organisation: string): Promise<boolean>
}
