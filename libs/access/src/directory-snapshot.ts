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
  /** Its number in the marketplace's service market; null: it has none, or it was not entered. */
  readonly service: string | null
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
  /** When the authorisation ends, UTC ms; null: the marketplace does not say. */
  readonly authorisedUntil: number | null
  /** Since when nothing is asked of its marketplace and nothing sent there, UTC ms; null: it works. */
  readonly pausedAt: number | null
  /** Since when it is removed: as paused, for good. Its cases can still be read. */
  readonly removedAt: number | null
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
  readonly service: string | null
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
  readonly authorised_until: number | null
  readonly paused_at: number | null
  readonly removed_at: number | null
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

export function storeOf(
  { access_token, refresh_token, authorised_until, paused_at, removed_at, app: _, ...row }: StoreRow,
  app: App,
  vault: Vault,
): Store {
  const place = { org: row.org, app: app.id, shop: row.shop }
  const accessToken = openOnce(vault, placeOf.accessToken(place), access_token)
  const refreshToken = openOnce(vault, placeOf.refreshToken(place), refresh_token)
  return {
    ...row,
    app,
    marketplace: app.marketplace,
    authorisedUntil: authorised_until,
    pausedAt: paused_at,
    removedAt: removed_at,
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
