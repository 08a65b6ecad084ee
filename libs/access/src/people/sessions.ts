import type { PersonActor } from './actor'
import type { Origin } from './origin'

/** A session just opened. `token` is for the cookie; only its hash is stored. */
export interface OpenedSession {
  readonly token: string
  readonly actor: PersonActor
  /** When it ends whatever happens: for the cookie. UTC ms. */
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

/** Either is enough. The owner of the demonstration, who has neither, gives an empty password. */
export type Proof = { readonly password: string } | { readonly code: string }

export interface Sessions {
  /** Who acts by this cookie; `undefined`: no such session, or it has ended. */
  find(token: string): Promise<PersonActor | undefined>
  /** Those of a person that have not ended, newest first. */
  list(actor: PersonActor): Promise<SessionRow[]>
  /** One of the actor's own. `false`: there is none that lasts. */
  revoke(actor: PersonActor, session: string): Promise<boolean>
  /** All of the actor's own but the present one; answers how many. */
  revokeOthers(actor: PersonActor): Promise<number>
  /** The present one. */
  signOut(actor: PersonActor): Promise<void>
  reauthenticate(actor: PersonActor, proof: Proof, origin: Origin): Promise<ReauthenticationResult>
  /** The present session goes on for another of the person's organisations. `false`: not one of them. */
  switchTo(actor: PersonActor, organisation: string): Promise<boolean>
}
