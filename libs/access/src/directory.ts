import type { DataSource, EntityManager } from 'typeorm'
import { currentTenants, withTenants } from '#event-store'
import type { AppName } from './app-lookup'
import { AppLookup } from './app-lookup'
import type { App, AppRow, Organisation, DirectorySnapshot, Store, StoreRow } from './directory-snapshot'
import { appOf, storeOf } from './directory-snapshot'
import type { UnreadableSecret } from './unreadable-secrets'
import { opensAll, unreadableAmong } from './unreadable-secrets'
import type { Vault } from './vault'
import { hasKeyTables, loadKeys, placeOf, UnknownKey } from './vault'

/** Maximum age of the cache, ms: how late a process may notice a new store or a token renewed elsewhere. */
const MAX_AGE_MS = 2_000

export interface DirectoryOptions {
  /** Where the process may read only the organisations that the running work is for: each of them has a copy of its own. */
  readonly perTenant?: boolean
}

/** A store with the tokens that a call was made with. */
type StoreWithTokens = Pick<Store, 'id' | 'org' | 'shop' | 'accessToken' | 'refreshToken'> & {
  readonly app: Pick<App, 'id'>
}

interface DirectoryCache {
  known: DirectorySnapshot
  at: number
  pendingRead: Promise<DirectorySnapshot> | undefined
}

const EMPTY_DIRECTORY: DirectorySnapshot = { organisations: [], apps: [], stores: [] }

/** The registered organisations, apps and stores. Small and read all the time, so it is cached for two seconds. */
export class Directory {
  private readonly caches = new Map<string, DirectoryCache>()
  private hasKeys = false
  private readonly lookup = new AppLookup((names) => this.readApps(names))

  constructor(
    private readonly database: DataSource,
    private readonly vault: Vault,
    private readonly options: DirectoryOptions = {},
  ) {}

  async current(): Promise<DirectorySnapshot> {
    const cache = this.cache()
    if (performance.now() - cache.at <= MAX_AGE_MS) return cache.known
    return (cache.pendingRead ??= this.read(cache))
  }

  /** The next use reads the database; a read that is in progress may be outdated and is not cached. */
  invalidate(): void {
    this.caches.clear()
  }

  async app(marketplace: string, appKey: string): Promise<App | undefined> {
    return (await this.current()).apps.find((a) => a.marketplace === marketplace && a.appKey === appKey)
  }

  /**
   * As it is in the table now, for a delivery that the copy in memory does not explain: an app that was registered, or
   * given another secret, only a moment ago. Takes the same time for every name, and never reads more than that app,
   * unless it is new: then the copy is reloaded, once, for its stores.
   */
  async findAppUncached(marketplace: string, appKey: string): Promise<App | undefined> {
    const found = await this.lookup.find({ marketplace, appKey })
    if (found !== undefined && (await this.app(marketplace, appKey)) === undefined) {
      this.invalidate()
      await this.current()
    }
    return found
  }

  async storeOfShop(app: number, shop: string): Promise<Store | undefined> {
    return (await this.current()).stores.find((s) => s.app.id === app && s.shop === shop)
  }

  async store(id: number): Promise<Store | undefined> {
    return (await this.current()).stores.find((s) => s.id === id)
  }

  /** The secrets that do not open, of apps and of stores; all others work. */
  async unreadableSecrets(): Promise<readonly UnreadableSecret[]> {
    return unreadableAmong(await this.current())
  }

  /** Returns `false`, changing nothing, where `store` no longer has the tokens that were renewed. */
  async renewTokens(
    store: StoreWithTokens,
    tokens: {
      readonly accessToken: string
      readonly refreshToken: string
      readonly expiresAt: number | undefined
      readonly authorisedUntil?: number
    },
  ): Promise<boolean> {
    const place = { org: store.org, app: store.app.id, shop: store.shop }
    return this.updateIfUnchanged(
      store,
      `UPDATE store SET access_token = $2, refresh_token = $3, token_expires_at = $4, authorised = true,
         authorised_until = coalesce($5, authorised_until) WHERE id = $1`,
      [
        store.id,
        this.vault.seal(placeOf.accessToken(place), tokens.accessToken),
        this.vault.seal(placeOf.refreshToken(place), tokens.refreshToken),
        tokens.expiresAt ?? null,
        tokens.authorisedUntil ?? null,
      ],
    )
  }

  /**
   * The marketplace no longer accepts the tokens of `store`: a person must authorise it again. Returns `false`, changing
   * nothing, where it no longer has them.
   */
  markUnauthorised(store: StoreWithTokens): Promise<boolean> {
    return this.updateIfUnchanged(store, 'UPDATE store SET authorised = false WHERE id = $1', [store.id])
  }

  /** As it is in the table now. */
  async findSuspension({ id, org }: Pick<Store, 'id' | 'org'>): Promise<'paused' | 'removed' | undefined> {
    const [row] = await withTenants([org], () =>
      this.database.query<{ paused: boolean; removed: boolean }[]>(
        'SELECT paused_at IS NOT NULL AS paused, removed_at IS NOT NULL AS removed FROM store WHERE id = $1',
        [id],
      ),
    )
    return row?.removed === true ? 'removed' : row?.paused === true ? 'paused' : undefined
  }

  /** People authorise and remove stores while a call is under way: what they did is not undone by its outcome. */
  private async updateIfUnchanged(store: StoreWithTokens, sql: string, values: unknown[]): Promise<boolean> {
    const isUnchanged = await withTenants([store.org], () =>
      this.database.transaction(async (manager) => {
        const [row] = await manager.query<Pick<StoreRow, 'access_token' | 'refresh_token'>[]>(
          'SELECT access_token, refresh_token FROM store WHERE id = $1 AND removed_at IS NULL FOR UPDATE',
          [store.id],
        )
        if (row === undefined || !(await this.hasTokens(row, store, manager))) return false
        await manager.query(sql, values)
        return true
      }),
    )
    this.invalidate()
    return isUnchanged
  }

  private async hasTokens(
    row: Pick<StoreRow, 'access_token' | 'refresh_token'>,
    { org, app, shop, accessToken, refreshToken }: StoreWithTokens,
    manager: EntityManager,
  ): Promise<boolean> {
    const place = { org, app: app.id, shop }
    const isSame = (): boolean =>
      this.vault.open(placeOf.accessToken(place), row.access_token).toString('utf8') === accessToken &&
      this.vault.open(placeOf.refreshToken(place), row.refresh_token).toString('utf8') === refreshToken
    try {
      return isSame()
    } catch (error) {
      if (!(error instanceof UnknownKey)) throw error
      // Sealed again with a key that was added a moment ago.
      await this.readKeys(manager)
      return isSame()
    }
  }

  private cache(): DirectoryCache {
    // The empty key: one copy for all organisations.
    const key = (this.options.perTenant === true ? currentTenants() : undefined) ?? ''
    let cache = this.caches.get(key)
    if (cache === undefined)
      this.caches.set(key, (cache = { known: EMPTY_DIRECTORY, at: -Infinity, pendingRead: undefined }))
    return cache
  }

  /** A cache that was declared outdated meanwhile is dropped already, and what is read into it is not kept. */
  private read(cache: DirectoryCache): Promise<DirectorySnapshot> {
    return this.readAll()
      .then((known) => {
        Object.assign(cache, { known, at: performance.now() })
        return known
      })
      .finally(() => (cache.pendingRead = undefined))
  }

  private async readApps(names: readonly AppName[]): Promise<App[]> {
    const rows = await this.database.query<AppRow[]>(
      `SELECT id, org, marketplace, app_key, secret, service, endpoints FROM app
       JOIN unnest($1::text[], $2::text[]) AS asked (marketplace, app_key) USING (marketplace, app_key)`,
      [names.map(({ marketplace }) => marketplace), names.map(({ appKey }) => appKey)],
    )
    const apps = rows.map((row) => appOf(row, this.vault))
    // An organisation that was entered a moment ago has a key that was not read yet.
    if (!opensAll(apps)) await this.readKeys()
    return apps
  }

  private async readAll(): Promise<DirectorySnapshot> {
    const [organisations, apps, stores] = await Promise.all([
      this.database.query<Organisation[]>('SELECT id, slug, name FROM organisation ORDER BY id'),
      this.database.query<AppRow[]>(
        'SELECT id, org, marketplace, app_key, secret, service, endpoints FROM app ORDER BY id',
      ),
      this.database.query<StoreRow[]>(
        `SELECT id, org, app, shop, name, access_token, refresh_token, authorised, authorised_until, paused_at, removed_at
         FROM store ORDER BY id`,
      ),
    ])
    // After the rows that are sealed with them: what was entered meanwhile has its key by now.
    await this.readKeys()
    const known = apps.map((row) => appOf(row, this.vault))
    const byId = new Map(known.map((app) => [app.id, app]))
    return {
      organisations,
      apps: known,
      stores: stores.flatMap((row) => {
        const app = byId.get(row.app)
        return app === undefined ? [] : [storeOf(row, app, this.vault)]
      }),
    }
  }

  private async readKeys(queries: DataSource | EntityManager = this.database): Promise<void> {
    this.hasKeys ||= await hasKeyTables(queries)
    if (this.hasKeys) await loadKeys(queries, this.vault, { of: this.options.perTenant === true ? 'some' : 'all' })
  }
}
