import type { DataSource } from 'typeorm'
import type { AppName } from './app-lookup'
import { AppLookup } from './app-lookup'
import type { Vault } from './vault'

export interface Organisation {
  readonly id: number
  readonly slug: string
  readonly name: string
}

/** One app of an organisation at a marketplace. `appSecret` is a secret: never logged, never shown. */
export interface App {
  readonly id: number
  readonly org: number
  readonly marketplace: string
  readonly appKey: string
  readonly appSecret: string
  readonly endpoints: Readonly<Record<string, string>>
}

/** One store, with its tokens in clear. Secrets, too. */
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

interface Registered {
  readonly organisations: readonly Organisation[]
  readonly apps: readonly App[]
  readonly stores: readonly Store[]
}

/** How long a process may go without noticing that a store was added or a token renewed elsewhere. */
const FRESH_MS = 2_000

/** Who has which stores. Small and read all the time, so it is kept in memory and read anew every few seconds. */
export class Directory {
  private known: Registered = { organisations: [], apps: [], stores: [] }
  private readAt = -Infinity
  private reading: Promise<Registered> | undefined
  private readonly lookup = new AppLookup((names) => this.readApps(names))

  constructor(
    private readonly database: DataSource,
    private readonly vault: Vault,
  ) {}

  async current(): Promise<Registered> {
    if (performance.now() - this.readAt <= FRESH_MS) return this.known
    return (this.reading ??= this.read())
  }

  /** Read anew at the next look; what is being read just now may be old already. */
  forget(): void {
    this.readAt = -Infinity
    this.reading = undefined
  }

  async app(marketplace: string, appKey: string): Promise<App | undefined> {
    return (await this.current()).apps.find((a) => a.marketplace === marketplace && a.appKey === appKey)
  }

  /**
   * As it is in the table now, for a delivery that the copy in memory does not explain: an app that was registered, or
   * given another secret, only a moment ago. Takes the same time for every name, and never reads more than that app,
   * unless it is new: then the copy is read anew, once, for its stores.
   */
  async appAsOfNow(marketplace: string, appKey: string): Promise<App | undefined> {
    const found = await this.lookup.find({ marketplace, appKey })
    if (found !== undefined && (await this.app(marketplace, appKey)) === undefined) {
      this.forget()
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

  async renewTokens(
    store: Store,
    tokens: { accessToken: string; refreshToken: string; expiresAt: number | undefined },
  ): Promise<void> {
    await this.database.query(
      `UPDATE store SET access_token = $2, refresh_token = $3, token_expires_at = $4, authorised = true WHERE id = $1`,
      [
        store.id,
        this.vault.seal(store.org, 'secret', tokens.accessToken),
        this.vault.seal(store.org, 'secret', tokens.refreshToken),
        tokens.expiresAt ?? null,
      ],
    )
    this.forget()
  }

  /** The marketplace does not take our tokens any more: a person must authorise the store again (facts A7, B7). */
  async loseAuthorisation(store: Store): Promise<void> {
    await this.database.query('UPDATE store SET authorised = false WHERE id = $1', [store.id])
    this.forget()
  }

  private read(): Promise<Registered> {
    const reading: Promise<Registered> = this.readAll()
      .then((known) => {
        // Unless somebody has said meanwhile that it is out of date.
        if (this.reading === reading) {
          this.known = known
          this.readAt = performance.now()
        }
        return known
      })
      .finally(() => {
        if (this.reading === reading) this.reading = undefined
      })
    return reading
  }

  private async readApps(names: readonly AppName[]): Promise<App[]> {
    const rows = await this.database.query<AppRow[]>(
      `SELECT id, org, marketplace, app_key, secret, endpoints FROM app
       JOIN unnest($1::text[], $2::text[]) AS asked (marketplace, app_key) USING (marketplace, app_key)`,
      [names.map(({ marketplace }) => marketplace), names.map(({ appKey }) => appKey)],
    )
    // A secret that does not open concerns its own app only.
    return rows.flatMap((row) => {
      try {
        return [this.appOf(row)]
      } catch {
        return []
      }
    })
  }

  private async readAll(): Promise<Registered> {
    const [organisations, apps, stores] = await Promise.all([
      this.database.query<Organisation[]>('SELECT id, slug, name FROM organisation ORDER BY id'),
      this.database.query<AppRow[]>('SELECT id, org, marketplace, app_key, secret, endpoints FROM app ORDER BY id'),
      this.database.query<StoreRow[]>(
        'SELECT id, org, app, shop, name, access_token, refresh_token, authorised FROM store ORDER BY id',
      ),
    ])
    const known = apps.map((row) => this.appOf(row))
    const byId = new Map(known.map((app) => [app.id, app]))
    return {
      organisations,
      apps: known,
      stores: stores.flatMap(({ access_token, refresh_token, app: appId, ...row }) => {
        const app = byId.get(appId)
        if (app === undefined) return []
        const tokens = {
          accessToken: this.open(row.org, access_token),
          refreshToken: this.open(row.org, refresh_token),
        }
        return [{ ...row, ...tokens, app, marketplace: app.marketplace }]
      }),
    }
  }

  private appOf({ app_key, secret, ...row }: AppRow): App {
    return { ...row, appKey: app_key, appSecret: this.open(row.org, secret) }
  }

  private open(org: number, sealed: Buffer): string {
    return this.vault.open(org, 'secret', sealed).toString('utf8')
  }
}

interface AppRow {
  readonly id: number
  readonly org: number
  readonly marketplace: string
  readonly app_key: string
  readonly secret: Buffer
  readonly endpoints: Readonly<Record<string, string>>
}

interface StoreRow {
  readonly id: number
  readonly org: number
  readonly app: number
  readonly shop: string
  readonly name: string
  readonly access_token: Buffer
  readonly refresh_token: Buffer
  readonly authorised: boolean
}
