import type { PersonActor } from '../actor'

/** For whom a passkey signs: a host name and the address of the page. */
export interface RelyingParty {
  readonly id: string
  readonly origin: string
}

export const PASSKEY_TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const
export type PasskeyTransport = (typeof PASSKEY_TRANSPORTS)[number]

/** COSE numbers of EdDSA, ES256 and RS256. */
export const PASSKEY_ALGORITHMS = [-8, -7, -257] as const

/** How long the browser waits for the device, and how long its answer counts. */
export const PASSKEY_CHALLENGE_LASTS_MS = 5 * 60_000

/** Names a passkey to the browser. */
export interface PasskeyDescriptor {
  readonly type: 'public-key'
  /** base64url. */
  readonly id: string
  readonly transports: readonly PasskeyTransport[]
}

/** What a device must do, in the JSON of `PublicKeyCredential.parseCreationOptionsFromJSON`. */
export interface RegistrationOptions {
  readonly challenge: string
  readonly rp: { readonly id: string; readonly name: string }
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string }
  readonly algorithms: readonly number[]
  readonly exclude: readonly PasskeyDescriptor[]
}

/** What a device must sign to prove who is there. */
export interface AssertionOptions {
  readonly challenge: string
  readonly rpId: string
  readonly allow: readonly PasskeyDescriptor[]
}

/** What a device answers when it makes a passkey; base64url. */
export interface PasskeyRegistration {
  readonly id: string
  readonly clientDataJSON: string
  readonly attestationObject: string
  readonly transports: readonly PasskeyTransport[]
}

/** What a device answers when it signs; base64url. */
export interface PasskeyAssertion {
  readonly id: string
  readonly clientDataJSON: string
  readonly authenticatorData: string
  readonly signature: string
  readonly userHandle?: string
}

/** A person's passkey as the person sees it. Instants are UTC ms. */
export interface OwnPasskey {
  readonly id: string
  readonly name: string
  /** The host name that it works under. */
  readonly rpId: string
  readonly createdAt: number
  readonly lastUsedAt: number | null
}

export type RegisterPasskeyResult =
  /** `codes`: ten recovery codes, shown once, where it is the person's first second factor. */
  | { readonly outcome: 'registered'; readonly id: string; readonly codes: readonly string[] | undefined }
  /** The answer did not pass the checks. */
  | { readonly outcome: 'refused' }
  /** Registered already, for this person or another one. */
  | { readonly outcome: 'known' }
  | { readonly outcome: 'too-many' }

/** Passkeys as second factor: they count in every organisation of their person, like the codes of an app. */
export interface Passkeys {
  /** The caller checks that the person proved recently who they are; for `register` and `remove`, too. */
  beginRegistration(actor: PersonActor, at: RelyingParty): Promise<RegistrationOptions>
  register(
    actor: PersonActor,
    registration: PasskeyRegistration,
    as: { readonly name: string; readonly at: RelyingParty },
  ): Promise<RegisterPasskeyResult>
  /** With the last second factor the recovery codes go, too. `false`: the person has no such passkey. */
  remove(actor: PersonActor, passkey: string): Promise<boolean>
  /** For the challenge of `second-factor-wanted`. `undefined`: it is not usable, or the person has no passkey for this host. */
  beginSignIn(challenge: string, at: RelyingParty): Promise<AssertionOptions | undefined>
  /** `undefined`: the person has no passkey for this host. */
  beginProof(actor: PersonActor, at: RelyingParty): Promise<AssertionOptions | undefined>
}
