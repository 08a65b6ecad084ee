import type { Actor, KeyActor, PersonActor, StoreRights } from './actor'
import type { Permission } from './roles'

export interface NewApiKey {
  readonly label: string
  readonly permissions: readonly Permission[]
  readonly stores: StoreRights
  /** UTC ms; at most a year away. */
  readonly expiresAt: number
}

/** Instants are UTC ms. */
export interface ApiKeyRow {
  readonly id: string
  readonly label: string
  readonly permissions: readonly Permission[]
  readonly stores: StoreRights
  readonly createdBy: string
  readonly createdAt: number
  readonly expiresAt: number
  /** To the minute; null: never used. */
  readonly lastUsedAt: number | null
  readonly revokedAt: number | null
}

export type CreateKeyResult =
  /** `secret` (`shk_…`) is shown once; only its hash is stored. */
  | { readonly outcome: 'created'; readonly key: ApiKeyRow; readonly secret: string }
  | { readonly outcome: 'refused'; readonly reason: 'more-than-own-rights' | 'not-for-keys' | 'expiry-out-of-range' }

export interface ApiKeys {
  create(actor: PersonActor, key: NewApiKey): Promise<CreateKeyResult>
  /** Who acts by this key (`shk_…`); `undefined`: unknown, expired or revoked. */
  find(secret: string): Promise<KeyActor | undefined>
  /** All keys of the organisation, newest first, including revoked ones. */
  list(actor: Pick<Actor, 'org'>): Promise<ApiKeyRow[]>
  /** `false`: the organisation has no such key, or it is revoked already. */
  revoke(actor: PersonActor, key: string): Promise<boolean>
}
