import type { DataSource } from 'typeorm'
import type { Vault } from './vault'
import { ensureOrganisationKey, hasKeyTables, placeOf, verifyKeysIn } from './vault'

export interface NewApp {
  readonly marketplace: string
  readonly appKey: string
  readonly appSecret: string
  /** The app's number in the marketplace's service market, where its authorisation page needs one. */
  readonly service?: string | undefined
  readonly endpoints: Readonly<Record<string, string>>
  readonly stores: readonly {
    readonly shop: string
    readonly name: string
    readonly accessToken: string
    readonly refreshToken: string
  }[]
}

/**
 * Inserts an organisation with its apps and stores, or updates existing rows; returns the organisation's id.
 * An app belongs to one organisation, which its secrets are sealed for: entered for another it is refused, with all else.
 * Tokens of a store that is known already are left alone unless `renewTokens`: they may have been refreshed since. A store that
 * was removed stays removed, and gets no tokens.
 * @throws WrongKey before anything is written where the database is sealed with another key
 */
export async function register(
  database: DataSource,
  vault: Vault,
  organisation: { readonly slug: string; readonly name: string },
  apps: readonly NewApp[],
  options: { readonly renewTokens: boolean } = { renewTokens: false },
): Promise<number> {
  return database.transaction(async (manager) => {
    await verifyKeysIn(manager, vault)
    const [org] = await manager.query<{ id: number }[]>(
      `INSERT INTO organisation (slug, name) VALUES ($1, $2) ON CONFLICT (slug) DO UPDATE SET name = excluded.name RETURNING id`,
      [organisation.slug, organisation.name],
    )
    const orgId = org?.id ?? 0
    if (await hasKeyTables(manager)) await ensureOrganisationKey(manager, vault, orgId)
    for (const app of apps) {
      const [row] = await manager.query<{ id: number }[]>(
        `INSERT INTO app (org, marketplace, app_key, secret, endpoints, service) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (marketplace, app_key) DO UPDATE SET secret = excluded.secret, endpoints = excluded.endpoints,
           service = coalesce(excluded.service, app.service)
           WHERE app.org = excluded.org RETURNING id`,
        [
          orgId,
          app.marketplace,
          app.appKey,
          vault.seal(placeOf.appSecret({ org: orgId, ...app }), app.appSecret),
          JSON.stringify(app.endpoints),
          app.service ?? null,
        ],
      )
      if (row === undefined) throw new Error(`the app ${app.appKey} belongs to another organisation`)
      for (const store of app.stores) {
        const place = { org: orgId, app: row.id, shop: store.shop }
        await manager.query(
          `INSERT INTO store (org, app, shop, name, access_token, refresh_token) VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (app, shop) DO UPDATE SET name = excluded.name,
             access_token = CASE WHEN $7 AND store.removed_at IS NULL THEN excluded.access_token ELSE store.access_token END,
             refresh_token = CASE WHEN $7 AND store.removed_at IS NULL THEN excluded.refresh_token ELSE store.refresh_token END,
             authorised = store.authorised OR ($7 AND store.removed_at IS NULL)`,
          [
            orgId,
            row.id,
            store.shop,
            store.name,
            vault.seal(placeOf.accessToken(place), store.accessToken),
            vault.seal(placeOf.refreshToken(place), store.refreshToken),
            options.renewTokens,
          ],
        )
      }
    }
    return orgId
  })
}
