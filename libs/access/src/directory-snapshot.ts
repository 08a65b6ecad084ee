import type { Place, Vault } from './vault'
import { placeOf } from './vault'

export interface Organisation {
  readonly id: number
  readonly slug: string
  readonly name: string
}

/**
 * One app of an organisation at a marketplace. `appSecret` is a secret: never logged, never shown. It is opened when it is first
 * asked for, and throws `Unsealable` where it does not open: that stops only this app.
 */
export interface App {
  readonly id: number
  readonly org: number
  readonly marketplace: string
  readonly appKey: string
  readonly appSecret: string
  readonly endpoints: Readonly<Record<string, string>>
}

/** One store. Its tokens are secrets, too, and opened as an app's secret is. */
export interface Store {
  readonly id: number
  readonly org: number
  readonly app: App
  readonly marketplace: string
  readonly shop: string
  readonly name: string
  readonly accessToken: string
  readonly refreshToken: string
  readonly authorised: boolean
}

export interface DirectorySnapshot {
  readonly organisations: readonly Organisation[]
  readonly apps: readonly App[]
  readonly stores: readonly Store[]
}

export interface AppRow {
  readonly id: number
  readonly org: number
  readonly marketplace: string
  readonly app_key: string
  readonly secret: Buffer
  readonly endpoints: Readonly<Record<string, string>>
}

export interface StoreRow {
  readonly id: number
  readonly org: number
  readonly app: number
  readonly shop: string
  readonly name: string
  readonly access_token: Buffer
  readonly refresh_token: Buffer
  readonly authorised: boolean
}

export function appOf({ app_key: appKey, secret, ...row }: AppRow, vault: Vault): App {
  const appSecret = openOnce(vault, placeOf.appSecret({ ...row, appKey }), secret)
  return {
    ...row,
    appKey,
    get appSecret() {
      return appSecret()
    },
  }
}

export function storeOf({ access_token, refresh_token, app: _, ...row }: StoreRow, app: App, vault: Vault): Store {
  const place = { org: row.org, app: app.id, shop: row.shop }
  const accessToken = openOnce(vault, placeOf.accessToken(place), access_token)
  const refreshToken = openOnce(vault, placeOf.refreshToken(place), refresh_token)
  return {
    ...row,
    app,
    marketplace: app.marketplace,
    get accessToken() {
      return accessToken()
    },
    get refreshToken() {
      return refreshToken()
    },
  }
}

/** Opened when first asked for and remembered; if it does not open, every request throws. */
function openOnce(vault: Vault, place: Place, sealed: Buffer): () => string {
  let clear: string | undefined
  return () => (clear ??= vault.open(place, sealed).toString('utf8'))
}
