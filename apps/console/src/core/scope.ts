import { Inject, Injectable } from '@nestjs/common'
import type { App, Organisation, Store } from '#access'
import { Directory } from '#access'
import { FIELD_CODES } from '../problems/problem-codes'
import { ORGANISATION } from '../tokens'
import { problemOf } from '../problems/problem.filter'
import type { StoreNameAnswer } from './store-name.answer'

/** Whose data may be seen: one organisation and its stores. Every question to the read models is narrowed by it. */
@Injectable()
export class Scope {
  readonly org: number

  constructor(
    @Inject(ORGANISATION) readonly organisation: Organisation,
    private readonly directory: Directory,
  ) {
    this.org = organisation.id
  }

  async stores(): Promise<readonly Store[]> {
    return (await this.directory.current()).stores.filter((store) => store.org === this.org)
  }

  async app(id: number): Promise<App | undefined> {
    return (await this.directory.current()).apps.find((app) => app.id === id && app.org === this.org)
  }

  /** The ids of our stores that a filter selects; another organisation's store counts as one that does not exist. */
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

  /** The name of each of our stores. */
  async names(): Promise<(store: number) => StoreNameAnswer> {
    const names = new Map((await this.stores()).map((store) => [store.id, store.name]))
    return (store) => ({ id: String(store), name: names.get(store) ?? String(store) })
  }
}
