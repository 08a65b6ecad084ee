import { Inject, Injectable } from '@nestjs/common'
import type { App, Organisation, Store } from '#access'
import { PARTS, type ConsoleParts } from '../parts'

export interface StoreName {
  readonly id: string
  readonly name: string
}

/** Whose data may be seen: one organisation and its stores. Everything that is asked of the read models goes through it. */
@Injectable()
export class Scope {
  readonly organisation: Organisation
  readonly org: number

  constructor(@Inject(PARTS) private readonly parts: ConsoleParts) {
    this.organisation = parts.organisation
    this.org = parts.organisation.id
  }

  async stores(): Promise<readonly Store[]> {
    return (await this.parts.directory.current()).stores.filter((store) => store.org === this.org)
  }

  async app(id: number): Promise<App | undefined> {
    return (await this.parts.directory.current()).apps.find((app) => app.id === id && app.org === this.org)
  }

  /** The numbers of those of our stores that a filter means; another's store is like one that does not exist. */
  async storesAsked(marketplace: string | undefined, ids: readonly string[] | undefined): Promise<number[]> {
    const asked = ids === undefined ? undefined : new Set(ids)
    return (await this.stores())
      .filter((store) => marketplace === undefined || store.marketplace === marketplace)
      .filter((store) => asked === undefined || asked.has(String(store.id)))
      .map((store) => store.id)
  }

  /** What each of our stores is called. */
  async names(): Promise<(store: number) => StoreName> {
    const names = new Map((await this.stores()).map((store) => [store.id, store.name]))
    return (store) => ({ id: String(store), name: names.get(store) ?? String(store) })
  }
}
