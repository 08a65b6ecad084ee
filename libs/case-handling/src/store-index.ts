import type { StoreRecord } from './ports'

type StoreList = readonly StoreRecord[]

/** The stores of one copy of the directory, found without scanning them: every message asks for its store. */
export class StoreIndex {
  private static readonly known = new WeakMap<StoreList, StoreIndex>()
  private readonly byId = new Map<number, StoreRecord>()
  private readonly byShop = new Map<number, Map<string, StoreRecord>>()

  private constructor(stores: StoreList) {
    for (const store of stores) {
      const { id, app, shop } = store
      this.byId.set(id, store)
      const ofApp = this.byShop.get(app.id)
      if (ofApp === undefined) this.byShop.set(app.id, new Map([[shop, store]]))
      else ofApp.set(shop, store)
    }
  }

  /** Built once for each list: the directory returns the same one until it is read again. */
  static of(stores: StoreList): StoreIndex {
    let index = StoreIndex.known.get(stores)
    if (index === undefined) StoreIndex.known.set(stores, (index = new StoreIndex(stores)))
    return index
  }

  ofShop(app: number, shop: string | undefined): StoreRecord | undefined {
    return shop === undefined ? undefined : this.byShop.get(app)?.get(shop)
  }

  /** Only where it is a store of `app`. */
  ofId(app: number, id: number): StoreRecord | undefined {
    const store = this.byId.get(id)
    return store?.app.id === app ? store : undefined
  }
}
