import { setTimeout as pause } from 'node:timers/promises'
import type { DataSource } from 'typeorm'
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
/** How long whoever names an app that we do not know waits until we look again. */
const STRANGER_MS = 100

/** Who has which stores. Small and read all the time, so it is kept in memory and read anew every few seconds. */
export class Directory {
  private known: Registered = { organisations: [], apps: [], stores: [] }
  private readAt = -Infinity
  private reading: Promise<Registered> | undefined
  private looking: Promise<Registered> | undefined

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
    return appAmong(await this.current(), marketplace, appKey)
  }

  /** Also one that was registered only now: a marketplace probes a new address at once. Strangers wait a moment for it. */
  async appAsOfNow(marketplace: string, appKey: string): Promise<App | undefined> {
    return (await this.app(marketplace, appKey)) ?? appAmong(await this.asOfNow(), marketplace, appKey)
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

  /** Read after it was asked for, once for all who ask within a moment: strangers cannot make us read without end. */
  private asOfNow(): Promise<Registered> {
    return (this.looking ??= pause(STRANGER_MS).then(() => {
      this.looking = undefined
      this.forget()
      return this.current()
    }))
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

  private async readAll(): Promise<Registered> {
    const [organisations, apps, stores] = await Promise.all([
      this.database.query<Organisation[]>('SELECT id, slug, name FROM organisation ORDER BY id'),
      this.database.query<AppRow[]>('SELECT id, org, marketplace, app_key, secret, endpoints FROM app ORDER BY id'),
      this.database.query<StoreRow[]>(
        'SELECT id, org, app, shop, name, access_token, refresh_token, authorised FROM store ORDER BY id',
      ),
    ])
    const open = (org: number, sealed: Buffer): string => this.vault.open(org, 'secret', sealed).toString('utf8')
    const known = apps.map(({ app_key, secret, ...row }) => ({
      ...row,
      appKey: app_key,
      appSecret: open(row.org, secret),
    }))
    const byId = new Map(known.map((app) => [app.id, app]))
    return {
      organisations,
      apps: known,
      stores: stores.flatMap(({ access_token, refresh_token, app: appId, ...row }) => {
        const app = byId.get(appId)
        if (app === undefined) return []
        const tokens = { accessToken: open(row.org, access_token), refreshToken: open(row.org, refresh_token) }
        return [{ ...row, ...tokens, app, marketplace: app.marketplace }]
      }),
    }
  }
}

const appAmong = ({ apps }: Registered, marketplace: string, appKey: string): App | undefined =>
  apps.find((a) => a.marketplace === marketplace && a.appKey === appKey)

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
