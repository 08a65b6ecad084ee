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

  /** For questions; `undefined`: every store, those of the future too. */
  get storeLimit(): readonly number[] | undefined {
    const { stores } = currentActor()
    return stores === 'all' ? undefined : stores
  }

  maySee(store: number): boolean {
    return mayAtStore(currentActor(), store)
  }

  /** Who changes something now. */
  author(at: number): Author {
    const actor = currentActor()
    return { org: actor.org, by: operatorName(actor), at, isOwner: actor.kind === 'person' && actor.role === 'owner' }
  }

  async organisation(): Promise<Organisation> {
    const found = (await this.directory.current()).organisations.find(({ id }) => id === this.org)
    if (found === undefined) throw notFound()
    return found
  }

  async stores(): Promise<readonly Store[]> {
    return (await this.directory.current()).stores.filter((store) => store.org === this.org && this.maySee(store.id))
  }

  async app(id: number): Promise<App | undefined> {
    return (await this.directory.current()).apps.find((app) => app.id === id && app.org === this.org)
  }

  /** The ids of the caller's stores that a filter selects; any other store counts as one that does not exist. */
  async storesAsked(marketplace: string | undefined, ids: readonly string[] | undefined): Promise<number[]> {
    const asked = ids === undefined ? undefined : new Set(ids)
    return (await this.stores())
      .filter((store) => marketplace === undefined || store.marketplace === marketplace)
      .filter((store) => asked === undefined || asked.has(String(store.id)))
      .map((store) => store.id)
  }

  /** @throws Problem where one of them is unknown; a store of another organisation is */
  async storesNamed(ids: readonly string[]): Promise<number[]> {
    const found = await this.storesAsked(undefined, ids)
    const unknown = ids.filter((id) => !found.includes(Number(id)))
    if (unknown.length > 0)
      throw problemOf('no-such-store', {
        detail: `Unknown store ids: ${unknown.join(', ')}. GET /api/stores lists the stores.`,
        errors: [{ pointer: '#/stores', code: 'not-here', detail: FIELD_CODES['not-here'] }],
      })
    return found
  }

  /** The name of each of the caller's stores. */
  async names(): Promise<(store: number) => StoreNameAnswer> {
    const names = new Map((await this.stores()).map((store) => [store.id, store.name]))
    return (store) => ({ id: String(store), name: names.get(store) ?? String(store) })
  }
}
