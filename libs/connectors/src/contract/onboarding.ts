import type { AppCredentials } from './inbound'
import type { Tokens } from './tokens'

type BothLanguages = Readonly<Record<'zh' | 'en', string>>

export type AppFieldName = 'appKey' | 'appSecret' | 'service'
export type StoreFieldName = 'shop' | 'accessToken' | 'refreshToken'

/** A field of the form by which an app or a store is connected. */
export interface KeyField<Name extends AppFieldName | StoreFieldName = AppFieldName | StoreFieldName> {
  readonly name: Name
  readonly label: BothLanguages
  /** Where the value is found. */
  readonly hint: BothLanguages
  /** Typed hidden, sealed, and never shown again. */
  readonly secret: boolean
  /** A regular expression that the whole value has to match. */
  readonly pattern: string
}

/** An app as the authorisation page needs it. `service` is what was typed into that field. */
export interface AppToAuthorise {
  readonly appKey: string
  readonly service: string | undefined
  readonly endpoints: Readonly<Record<string, string>>
}

/** The platform's own page, where a merchant lets an app work for a store. The platform sends the browser back with a code. */
export interface AuthorisationPage {
  /** Who may do it there, and what else a person should know before. */
  readonly hint: BothLanguages
  /** Whether the platform itself knows where it sends the browser back, by a setting of the app there. */
  readonly returnsToSetting: boolean
  /** `undefined` where the app's address is not usable. Pure. */
  pageUrl(app: AppToAuthorise, state: string, returnUrl: string): string | undefined
}

/** How a store is connected: which fields are typed, and where a merchant authorises the app. */
export interface Onboarding {
  readonly appFields: readonly KeyField<AppFieldName>[]
  /** For a store whose keys are typed. */
  readonly storeFields: readonly KeyField<StoreFieldName>[]
  /** Absent: keys are always typed. */
  readonly authorisation?: AuthorisationPage
}

/** An app without a store. Contains secrets. */
export interface AppSession extends AppCredentials {
  readonly endpoints: Readonly<Record<string, string>>
}

/** What the tokens are asked for with: the code from the authorisation page, or the number of the merchant's own store. */
export type AuthorisationGrant =
  { readonly type: 'code'; readonly code: string } | { readonly type: 'own-store'; readonly shop: string }

/** A store that the merchant has authorised, as the marketplace names it. */
export interface AuthorisedStore extends Tokens {
  readonly shop: string
  readonly name: string | undefined
}

/** The typed form of a marketplace's number, as most have it. */
export const DIGITS = '\\d{1,20}'
/** Keys and tokens: printable ASCII without spaces. */
export const KEY_CHARACTERS = '[!-~]{1,2000}'
