import type { DataSource, EntityManager } from 'typeorm'
import { audited } from '../audit/audit'
import type { Actor } from '../people/actor'
import { tenantTransaction } from '../people/tenant-transaction'
import type { Vault } from '../vault'
import { placeOf } from '../vault'

export interface ConnectedApp {
  readonly marketplace: string
  readonly appKey: string
  readonly appSecret: string
  readonly service?: string | undefined
  /** Absent: those of an app that is known already stay; a new one has the marketplace's own. */
  readonly endpoints?: Readonly<Record<string, string>> | undefined
}

export interface ConnectedStore {
  readonly app: number
  readonly shop: string
  /** What a person typed: the store is called that from now on. */
  readonly typedName?: string | undefined
  /** What the marketplace calls it: for a store that has no name here yet. */
  readonly shopName?: string | undefined
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresAt?: number | undefined
  readonly authorisedUntil?: number | undefined
}

/** `added`, `renewed` (it was connected already), or `restored` (it had been removed). */
export interface ConnectResult {
  readonly store: number
  readonly name: string
  readonly outcome: 'added' | 'renewed' | 'restored'
}

const PAUSE_STORE = `UPDATE store SET paused_at = $3 WHERE id = $1 AND org = $2 AND paused_at IS NULL AND removed_at IS NULL`
const RESUME_STORE = `UPDATE store SET paused_at = NULL WHERE id = $1 AND org = $2 AND paused_at IS NOT NULL AND removed_at IS NULL`

/** Apps and stores that a person connects, pauses and removes. Each change is audited in its own transaction. */
export class ConnectedStores {
  constructor(
    private readonly database: DataSource,
    private readonly vault: Vault,
    private readonly now: () => number = Date.now,
  ) {}

  /** Enters an app, or gives a known one its new secret. `undefined`: its key is another organisation's. */
  saveApp(actor: Actor, app: ConnectedApp): Promise<number | undefined> {
    const { org } = actor
    const { marketplace, appKey, service, endpoints } = app
    return tenantTransaction(this.database, org, async (manager) => {
      const secret = this.vault.seal(placeOf.appSecret({ org, marketplace, appKey }), app.appSecret)
      const [added] = await manager.query<{ id: number }[]>(
        `INSERT INTO app (org, marketplace, app_key, secret, service, endpoints) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (marketplace, app_key) DO NOTHING RETURNING id`,
        [org, marketplace, appKey, secret, service ?? null, JSON.stringify(endpoints ?? {})],
      )
      const id = added?.id ?? (await this.changeApp(manager, org, app, secret))
      if (id === undefined) return undefined
      await this.audited(manager, actor, added === undefined ? 'app.changed' : 'app.added', `app:${id}`, {
        marketplace,
      })
      return id
    })
  }

  private async changeApp(
    manager: EntityManager,
    org: number,
    { marketplace, appKey, service, endpoints }: ConnectedApp,
    secret: Buffer,
  ): Promise<number | undefined> {
    const [[changed]] = await manager.query<[{ id: number }[], number]>(
      `UPDATE app SET secret = $4, service = coalesce($5, service), endpoints = coalesce($6::jsonb, endpoints)
       WHERE marketplace = $1 AND app_key = $2 AND org = $3 RETURNING id`,
      [marketplace, appKey, org, secret, service ?? null, endpoints === undefined ? null : JSON.stringify(endpoints)],
    )
    return changed?.id
  }

  /** Enters a store with its tokens. One that is known already gets them, and is removed or paused no longer. */
  connect(actor: Actor, store: ConnectedStore, how: 'authorisation' | 'typed'): Promise<ConnectResult> {
    return tenantTransaction(this.database, actor.org, async (manager) =>
      this.enter(manager, actor, store, how, await findConnected(manager, actor.org, store)),
    )
  }

  /** Gives new tokens to a store that is connected, if the actor may see it. `undefined`: it is not, and nothing is stored. */
  renew(actor: Actor, store: ConnectedStore): Promise<ConnectResult | undefined> {
    return tenantTransaction(this.database, actor.org, async (manager) => {
      const known = await findConnected(manager, actor.org, store)
      if (known === undefined || known.removed_at !== null) return undefined
      if (actor.stores !== 'all' && !actor.stores.includes(known.id)) return undefined
      return this.enter(manager, actor, store, 'authorisation', known)
    })
  }

  private async enter(
    manager: EntityManager,
    actor: Actor,
    store: ConnectedStore,
    how: 'authorisation' | 'typed',
    known: KnownStore | undefined,
  ): Promise<ConnectResult> {
    const { app, shop, typedName, shopName } = store
    const [row] = await manager.query<{ id: number; name: string }[]>(
      `INSERT INTO store (org, app, shop, name, access_token, refresh_token, token_expires_at, authorised_until)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (app, shop) DO UPDATE SET name = coalesce($9, store.name), access_token = excluded.access_token,
         refresh_token = excluded.refresh_token, token_expires_at = excluded.token_expires_at,
         authorised_until = excluded.authorised_until, authorised = true, removed_at = NULL,
         paused_at = CASE WHEN store.removed_at IS NULL THEN store.paused_at END
       RETURNING id, name`,
      [actor.org, app, shop, typedName ?? shopName ?? shop, ...this.tokenValues(actor.org, store), typedName ?? null],
    )
    const outcome = known === undefined ? 'added' : known.removed_at === null ? 'renewed' : 'restored'
    const { id, name } = row ?? { id: 0, name: shop }
    await this.audited(manager, actor, outcome === 'renewed' ? 'store.reauthorised' : 'store.added', `store:${id}`, {
      ...{ how, app },
      ...(outcome === 'restored' ? { restored: true } : {}),
    })
    return { store: id, name, outcome }
  }

  /** It is not called and not acted on from now on. `false`: it is paused or removed already. */
  pause(actor: Actor, store: number): Promise<boolean> {
    return this.change(actor, store, 'store.paused', PAUSE_STORE, this.now())
  }

  /** `false`: it is not paused, or it is removed. */
  resume(actor: Actor, store: number): Promise<boolean> {
    return this.change(actor, store, 'store.resumed', RESUME_STORE)
  }

  /** Nothing is asked of its marketplace or sent there any more; its cases stay. Its tokens are destroyed. `false`: it is removed already. */
  remove(actor: Actor, store: number): Promise<boolean> {
    const { org } = actor
    return tenantTransaction(this.database, org, async (manager) => {
      const [row] = await manager.query<{ app: number; shop: string }[]>(
        'SELECT app, shop FROM store WHERE id = $1 AND org = $2 AND removed_at IS NULL FOR UPDATE',
        [store, org],
      )
      if (row === undefined) return false
      const [access, refresh] = this.tokenValues(org, { ...row, accessToken: '', refreshToken: '' })
      await manager.query(
        `UPDATE store SET removed_at = $2, access_token = $3, refresh_token = $4, token_expires_at = NULL,
           authorised_until = NULL, authorised = false WHERE id = $1`,
        [store, this.now(), access, refresh],
      )
      await this.audited(manager, actor, 'store.removed', `store:${store}`)
      return true
    })
  }

  private change(actor: Actor, store: number, action: string, sql: string, ...values: number[]): Promise<boolean> {
    return tenantTransaction(this.database, actor.org, async (manager) => {
      const [, changed] = await manager.query<[unknown[], number]>(sql, [store, actor.org, ...values])
      if (changed === 0) return false
      await this.audited(manager, actor, action, `store:${store}`)
      return true
    })
  }

  private tokenValues(
    org: number,
    { app, shop, accessToken, refreshToken, ...ends }: ConnectedStore,
  ): [Buffer, Buffer, number | null, number | null] {
    const place = { org, app, shop }
    return [
      this.vault.seal(placeOf.accessToken(place), accessToken),
      this.vault.seal(placeOf.refreshToken(place), refreshToken),
      ends.expiresAt ?? null,
      ends.authorisedUntil ?? null,
    ]
  }

  private audited(
    manager: EntityManager,
    actor: Actor,
    action: string,
    subject: string,
    details: Readonly<Record<string, string | number | boolean>> = {},
  ): Promise<void> {
    return audited(manager, actor, action, subject, details, this.now())
  }
}

interface KnownStore {
  readonly id: number
  readonly removed_at: number | null
}

async function findConnected(
  manager: EntityManager,
  org: number,
  { app, shop }: ConnectedStore,
): Promise<KnownStore | undefined> {
  const [known] = await manager.query<KnownStore[]>(
    'SELECT id, removed_at FROM store WHERE app = $1 AND shop = $2 AND org = $3 FOR UPDATE',
    [app, shop, org],
  )
  return known
}
