import { Inject, Injectable } from '@nestjs/common'
import type { App, ConnectResult, Vault } from '#access'
import { ConnectedStores, Directory, StoreAuthorisations } from '#access'
import type { Answer, AuthorisedStore, KeyField } from '#connectors'
import { findEndpointProblems } from '#connectors'
import { VAULT } from '#runtime'
import { DataSource } from 'typeorm'
import type { ConnectingOptions } from '../core/connecting'
import { Scope } from '../core/scope'
import type { FieldError } from '../problems/problem-codes'
import { FIELD_CODES } from '../problems/problem-codes'
import type { Problem } from '../problems/problem.filter'
import { notFound, problemOf } from '../problems/problem.filter'
import { currentActor, currentPerson } from '../security/current-actor'
import { CONNECTING } from '../tokens'
import type { ConnectStoreRequest, SaveAppRequest } from './connect.request'
import { MarketplaceCalls } from './marketplace-calls'

/** Connects stores: by the marketplace's own page and back, or by keys that are typed. */
@Injectable()
export class StoreConnections {
  private readonly stores: ConnectedStores
  private readonly authorisations: StoreAuthorisations

  constructor(
    @Inject(DataSource) database: DataSource,
    @Inject(VAULT) vault: Vault,
    private readonly directory: Directory,
    private readonly scope: Scope,
    private readonly calls: MarketplaceCalls,
    @Inject(CONNECTING) private readonly options: ConnectingOptions,
  ) {
    this.stores = new ConnectedStores(database, vault)
    this.authorisations = new StoreAuthorisations(database)
  }

  async saveApp({ marketplace, endpoints, ...typed }: SaveAppRequest): Promise<number> {
    requireAllStores()
    const connector = this.calls.connector(marketplace)
    const fields = connector?.onboarding?.appFields
    if (connector === undefined || fields === undefined) throw notFound()
    requireFields(fields, typed)
    const wrong = findEndpointProblems(connector, endpoints ?? {}, this.options.insecureHosts)
    if (wrong.length > 0)
      throw problemOf('address-not-allowed', {
        detail: wrong.map(({ name, problem }) => `${/^\w{1,40}$/.test(name) ? name : '?'}: ${problem}`).join('; '),
      })
    const id = await this.stores.saveApp(currentActor(), { marketplace, endpoints, ...typed })
    if (id === undefined) throw problemOf('app-of-another-organisation')
    this.directory.invalidate()
    return id
  }

  /** @param host that of the request, by which this browser reaches the console */
  async begin(appId: number, storeId: number | undefined, host: string): Promise<{ url: string; expiresAt: number }> {
    if (storeId === undefined) requireAllStores()
    else await this.ownStore(storeId, appId)
    const app = await this.ownApp(appId)
    const pageUrl = (state: string): string => {
      const url = this.calls
        .connector(app.marketplace)
        ?.onboarding?.authorisation?.pageUrl(
          { appKey: app.appKey, service: app.service ?? undefined, endpoints: app.endpoints },
          state,
          this.returnUrl(host),
        )
      if (url === undefined) throw problemOf('no-authorisation-page')
      return url
    }
    pageUrl('')
    const { state, expiresAt } = await this.authorisations.begin(currentPerson(), app.id, storeId ?? null)
    return { url: pageUrl(state), expiresAt }
  }

  returnUrl(host: string): string {
    return `${this.options.publicUrl?.replace(/\/$/, '') ?? `http://${host}`}/stores/authorised`
  }

  async complete(state: string, code: string): Promise<ConnectResult> {
    const redeemed = await this.authorisations.redeem(currentPerson(), state)
    if (redeemed.outcome === 'refused') throw problemOf(`authorisation-${redeemed.reason}`)
    const app = await this.ownApp(redeemed.app)
    const again = redeemed.store === null ? undefined : await this.ownStore(redeemed.store, app.id)
    const granted = await this.calls.authorise(app, { type: 'code', code })
    if (granted === undefined) throw problemOf('no-authorisation-page')
    if (granted.type !== 'ok') throw authorisationFailed(granted)
    if (again !== undefined && again.shop !== granted.value.shop)
      throw await this.keptForAnotherStore(app, granted.value)
    return this.connect(app, granted.value, undefined, 'authorisation')
  }

  async connectTyped({ app: appId, name, ...typed }: ConnectStoreRequest): Promise<ConnectResult> {
    requireAllStores()
    const app = await this.ownApp(appId)
    const connector = this.calls.connector(app.marketplace)
    const fields = connector?.onboarding?.storeFields
    if (connector === undefined || fields === undefined) throw notFound()
    requireFields(fields, typed)
    if (typed.accessToken === undefined && connector.outbound.authorise !== undefined) {
      const granted = await this.calls.authorise(app, { type: 'own-store', shop: typed.shop })
      if (granted?.type !== 'ok') throw authorisationFailed(granted)
      return this.connect(app, granted.value, name, 'typed')
    }
    const { shop, accessToken = '', refreshToken = '' } = typed
    return this.connect(app, await this.tested(app, { shop, accessToken, refreshToken }), name, 'typed')
  }

  /** Keys that do not work are not stored. An access token that has expired is renewed first. */
  private async tested(
    app: App,
    typed: { readonly shop: string; readonly accessToken: string; readonly refreshToken: string },
  ): Promise<AuthorisedStore> {
    const { appKey, appSecret, endpoints } = app
    const session = { appKey, appSecret, endpoints, ...typed }
    const { result, detail } = await this.calls.test(app.marketplace, () => session)
    const store = { ...typed, name: undefined, expiresAt: undefined }
    if (result === 'works' || result === 'not-testable') return store
    const renewed = result === 'token-expired' ? await this.calls.refresh(app, session) : undefined
    if (renewed?.type === 'ok') {
      const { shop = typed.shop } = renewed.value
      if (shop !== typed.shop) throw await this.keptForAnotherStore(app, { ...renewed.value, shop, name: undefined })
      return { ...store, ...renewed.value }
    }
    throw problemOf('connection-failed', { more: { reason: detail ?? result } })
  }

  private async connect(
    app: App,
    { name: shopName, ...store }: AuthorisedStore,
    typedName: string | undefined,
    how: 'authorisation' | 'typed',
  ): Promise<ConnectResult> {
    const result = await this.stores.connect(currentActor(), { ...store, app: app.id, shopName, typedName }, how)
    this.directory.invalidate()
    return result
  }

  /** A marketplace may have voided the earlier tokens of the store that was chosen there: if it is connected, it gets the new ones. */
  private async keptForAnotherStore(app: App, { name, ...store }: AuthorisedStore): Promise<Problem> {
    await this.stores.renew(currentActor(), { ...store, app: app.id, shopName: name })
    this.directory.invalidate()
    return problemOf('authorisation-of-another-store')
  }

  async change(storeId: number, what: 'pause' | 'resume' | 'remove'): Promise<boolean> {
    await this.scope.storeNamed(storeId)
    const changed = await this.stores[what](currentActor(), storeId)
    this.directory.invalidate()
    return changed
  }

  private async ownApp(id: number): Promise<App> {
    this.directory.invalidate()
    const app = await this.scope.app(id)
    if (app === undefined) throw notFound()
    return app
  }

  private async ownStore(id: number, app: number) {
    const store = await this.scope.storeNamed(id)
    if (store.app.id !== app) throw notFound()
    return store
  }
}

/** A person limited to some stores would not see the new one. */
function requireAllStores(): void {
  if (currentActor().stores !== 'all') throw problemOf('all-stores-needed')
}

const authorisationFailed = (answer: Exclude<Answer<unknown>, { type: 'ok' }> | undefined): Problem => {
  const reason =
    answer === undefined || answer.type === 'token-expired'
      ? null
      : 'why' in answer
        ? answer.why
        : `${answer.code} ${answer.text}`.trim()
  return problemOf('authorisation-failed', { more: { reason } })
}

/** @throws Problem that names every field that is missing, superfluous or not of its form, and no value */
function requireFields(fields: readonly KeyField[], typed: object): void {
  const given = new Map(Object.entries(typed as Readonly<Record<string, string | undefined>>))
  const errors: FieldError[] = []
  const wrong = (name: string, code: 'missing' | 'wrong-form' | 'unknown-field'): void =>
    void errors.push({ pointer: `#/${name}`, code, detail: FIELD_CODES[code] })
  for (const { name, pattern } of fields) {
    const value = given.get(name)
    given.delete(name)
    if (value === undefined) wrong(name, 'missing')
    else if (!new RegExp(`^(?:${pattern})$`, 'u').test(value)) wrong(name, 'wrong-form')
  }
  for (const [name, value] of given) if (value !== undefined) wrong(name, 'unknown-field')
  if (errors.length > 0) throw problemOf('not-understood', { errors })
}
