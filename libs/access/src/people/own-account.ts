import type { PersonActor } from './actor'
import type { Origin } from './origin'
import type { OwnPasskey } from './passkeys/passkeys'
import type { PasswordFlaw } from './passwords/password-rules'

export interface OwnAccountView {
  readonly login: string
  readonly displayName: string
  readonly hasPassword: boolean
  /** An app, a passkey, or both. */
  readonly secondFactor: boolean
  readonly authenticatorApp: boolean
  readonly passkeys: readonly OwnPasskey[]
  readonly recoveryCodesLeft: number
  /** Slug and name of each organisation that the person may work for. */
  readonly organisations: readonly { readonly slug: string; readonly name: string }[]
}

export type ChangePasswordResult =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'busy' }
  | { readonly outcome: 'throttled'; readonly until: number }
  | { readonly outcome: 'flawed'; readonly flaws: readonly PasswordFlaw[] }

/** What people do with their own account. */
/** Password and second factor count in every organisation of a person. */
export interface OwnAccount {
  /** `false`: the provider of one organisation opened the session, and the person works for another one, too. */
  mayChangeProofs(actor: PersonActor): Promise<boolean>
  view(actor: PersonActor): Promise<OwnAccountView>
  rename(actor: PersonActor, displayName: string): Promise<void>
  /** All other sessions of the person end. It proves nothing: that takes the second factor, where there is one. A person without a password (the demo owner) gives an empty `current`. */
  changePassword(
    actor: PersonActor,
    passwords: { readonly current: string; readonly next: string },
    origin: Origin,
  ): Promise<ChangePasswordResult>
  /** A new secret, in use once a code of it was entered. `uri` (`otpauth://`) is for the QR code. */
  beginTotp(actor: PersonActor): Promise<{ readonly secret: string; readonly uri: string }>
  /** Returns the ten recovery codes, shown once; `undefined`: the code is wrong. */
  confirmTotp(actor: PersonActor, code: string): Promise<readonly string[] | undefined>
  /** App, passkeys and recovery codes. */
  removeSecondFactor(actor: PersonActor): Promise<void>
  /** Ten new recovery codes; earlier ones are void. `undefined`: there is no second factor. */
  renewRecoveryCodes(actor: PersonActor): Promise<readonly string[] | undefined>
}
