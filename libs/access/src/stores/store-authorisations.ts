import type { DataSource } from 'typeorm'
import type { PersonActor } from '../people/actor'
import { tenantTransaction } from '../people/tenant-transaction'
import { hashOfToken, newToken } from '../people/tokens'

/** A person has so long to log in at the marketplace and authorise the app. */
export const AUTHORISATION_LASTS_MS = 15 * 60_000
/** How long a used or expired state is kept, so that its repetition is distinguished from an invented one. */
const REMEMBERED_MS = 24 * 3_600_000

export interface BegunAuthorisation {
  /** Handed to the marketplace, which hands it back; only its hash is stored. */
  readonly state: string
  readonly expiresAt: number
}

export type RedeemedAuthorisation =
  /** `store`: the store that is authorised again; null: a store is added. */
  | { readonly outcome: 'redeemed'; readonly app: number; readonly store: number | null }
  | { readonly outcome: 'refused'; readonly reason: 'unknown' | 'foreign' | 'used' | 'expired' }

interface AuthorisationRow {
  readonly app: number
  readonly store: number | null
  readonly session: string
  readonly expires_at: number
  readonly used_at: number | null
}

/** Ties the way to the marketplace's page and back to one session of one person: a code from anywhere else is worth nothing. */
export class StoreAuthorisations {
  constructor(
    private readonly database: DataSource,
    private readonly now: () => number = Date.now,
  ) {}

  begin({ org, session }: PersonActor, app: number, store: number | null): Promise<BegunAuthorisation> {
    const now = this.now()
    const state = newToken()
    const expiresAt = now + AUTHORISATION_LASTS_MS
    return tenantTransaction(this.database, org, async (manager) => {
      await manager.query('DELETE FROM store_authorisation WHERE org = $1 AND expires_at < $2', [
        org,
        now - REMEMBERED_MS,
      ])
      await manager.query(
        `INSERT INTO store_authorisation (state, org, app, store, session, began_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [hashOfToken(state), org, app, store, session, now, expiresAt],
      )
      return { state, expiresAt }
    })
  }

  /** Uses the state up: of concurrent calls exactly one redeems it. Only the session that began may, and a stranger does not use it up. */
  redeem({ org, session }: PersonActor, state: string): Promise<RedeemedAuthorisation> {
    const now = this.now()
    const refused = (reason: Extract<RedeemedAuthorisation, { outcome: 'refused' }>['reason']) =>
      ({ outcome: 'refused', reason }) as const
    return tenantTransaction(this.database, org, async (manager): Promise<RedeemedAuthorisation> => {
      const [row] = await manager.query<AuthorisationRow[]>(
        'SELECT app, store, session, expires_at, used_at FROM store_authorisation WHERE state = $1 AND org = $2 FOR UPDATE',
        [hashOfToken(state), org],
      )
      if (row === undefined) return refused('unknown')
      if (row.session !== session) return refused('foreign')
      if (row.used_at !== null) return refused('used')
      if (row.expires_at <= now) return refused('expired')
      await manager.query('UPDATE store_authorisation SET used_at = $2 WHERE state = $1', [hashOfToken(state), now])
      return { outcome: 'redeemed', app: row.app, store: row.store }
    })
  }
}
