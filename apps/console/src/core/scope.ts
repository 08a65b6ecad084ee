import { Injectable } from '@nestjs/common'
import type { App, Organisation, Store } from '#access'
import { Directory, mayAtStore } from '#access'
import type { Author } from '#ledgers'
import { FIELD_CODES } from '../problems/problem-codes'
import { notFound, problemOf } from '../problems/problem.filter'
import { currentActor, operatorName } from '../security/current-actor'
import type { StoreNameAnswer } from './store-name.answer'

/** Whose data may be seen: the organisation and the stores of the caller. Every question to the read models is narrowed by it. */
@Injectable()
export class Scope {
  constructor(private readonly directory: Directory) {}

  get org(): number {
    return currentActor().org
  }

  /** The ids of the caller's stores, for queries; `undefined`: every store, future ones included. */
  get storeLimit(): readonly number[] | undefined {
    const { stores } = currentActor()
    return stores === 'all' ? undefined : stores
  }

  maySee(store: number): boolean {
    return mayAtStore(currentActor(), store)
  }

  /** Who changes something now, as the ledgers record it; `at` is UTC ms. */
  author(at: number): Author {
    const actor = currentActor()
    const { org } = actor
    const by = operatorName(actor)
    if (actor.kind === 'key') return { org, by, at, isOwner: false }
    return { org, by, at, person: actor.id, isOwner: actor.role === 'owner' }
  }

  async organisation(): Promise<Organisation> {
    const found = (await this.directory.current()).organisations.find(({ id }) => id === this.org)
    if (found === undefined) throw notFound()
    return found
  }

  async stores(): Promise<readonly Store[]> {
    return (await this.directory.current()).stores.filter((store) => store.org === this.org && this.maySee(store.id))
  }

  /** @throws Problem where the caller has no such store */
  async storeNamed(id: number): Promise<Store> {
    const store = (await this.stores()).find((one) => one.id === id)
    if (store === undefined) throw notFound()
    return store
  }

  async app(id: number): Promise<App | undefined> {
    return (await this.directory.current()).apps.find((app) => app.id === id && app.org === this.org)
  }

  /** The ids of the caller's stores that a filter selects; any other store counts as one that does not exist. */
  async selectStores(marketplace: string | undefined, ids: readonly string[] | undefined): Promise<number[]> {
    const wanted = ids === undefined ? undefined : new Set(ids)
    return (await this.stores())
      .filter((store) => marketplace === undefined || store.marketplace === marketplace)
      .filter((store) => wanted === undefined || wanted.has(String(store.id)))
      .map((store) => store.id)
  }

  /** @throws Problem `no-such-store` if one of them is unknown; stores of other organisations are unknown */
  async requireStores(ids: readonly string[]): Promise<number[]> {
    const found = await this.selectStores(undefined, ids)
    const unknown = ids.filter((id) => !found.includes(Number(id)))
    if (unknown.length > 0)
      throw problemOf('no-such-store', {
        detail: `Unknown store ids: ${unknown.join(', ')}. GET /api/stores lists the stores.`,
        errors: [{ pointer: '#/stores', code: 'not-here', detail: FIELD_CODES['not-here'] }],
      })
    return found
  }

  /** Looks up the names of the caller's stores; a store without a name is shown by its id. */
  async storeNames(): Promise<(store: number) => StoreNameAnswer> {
    const namesById = new Map((await this.stores()).map((store) => [store.id, store.name]))
    return (store) => ({ id: String(store), name: namesById.get(store) ?? String(store) })
  }
}
