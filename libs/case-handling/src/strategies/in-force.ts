import type { DataSource, EntityManager } from 'typeorm'
import type { ArmedStrategy, StoreTerms } from '#after-sale'
import { armedStrategyOf, defaultStoreTerms, storeTermsOf } from '#after-sale'
import { currentTenants } from '#event-store'
import type { ArmingInForce } from '#ledgers'
import { armingsInForce, newestStoreTerms, revisionInForce } from '#ledgers'
import type { Journal, StoreTermsOf } from '../ports'

export interface InForceOptions {
  /** Where the process may read only the organisations that the running work is for: what is in force is kept for each. */
  readonly perTenant?: boolean
}

/** A strategy in force at a store, with the row that put it in force and its cap, fen a day. */
export interface StrategyInForce {
  readonly strategy: ArmedStrategy
  readonly arming: ArmingInForce
}

/** What was in force when it was read. */
export interface InForce {
  /** Of one store, in the order in which it was armed. */
  strategiesAt(store: number): readonly StrategyInForce[]
  termsOf(store: number): StoreTerms
}

/**
 * The strategies in force and the terms of stores: few and needed by every batch, so they are cached until they change.
 */
export class StrategiesInForce {
  private readonly caches = new Map<string, { readonly revision: number; readonly inForce: InForce }>()

  constructor(
    private readonly journal: Journal,
    private readonly options: InForceOptions = {},
  ) {}

  /** @param connection a transaction: nothing of it changes until that ends; the database itself: as it is at this moment */
  async current(connection: DataSource | EntityManager): Promise<InForce> {
    const revision = await revisionInForce(connection)
    const key = (this.options.perTenant === true ? currentTenants() : undefined) ?? ''
    const cached = this.caches.get(key)
    if (cached?.revision === revision) return cached.inForce
    const armings = await armingsInForce(connection)
    const terms = await newestStoreTerms(connection)
    const inForce = this.inForceOf(armings, new Map(terms.map(({ store, document }) => [store, document])))
    this.caches.set(key, { revision, inForce })
    return inForce
  }

  /** The terms of stores, queried like `current`. */
  readonly termsOf: StoreTermsOf = async (connection) => {
    const now = await this.current(connection)
    return (store) => now.termsOf(store)
  }

  private inForceOf(armings: readonly ArmingInForce[], documents: ReadonlyMap<number, unknown>): InForce {
    const byStore = new Map<number, StrategyInForce[]>()
    for (const arming of armings) {
      const strategy = this.strategyOf(arming)
      if (strategy === undefined) continue
      const atStore = byStore.get(arming.store) ?? []
      byStore.set(arming.store, [...atStore, { strategy, arming }])
    }
    const terms = new Map([...documents].map(([store, document]) => [store, this.checkedTerms(store, document)]))
    const none: readonly StrategyInForce[] = []
    return {
      strategiesAt: (store) => byStore.get(store) ?? none,
      termsOf: (store) => terms.get(store) ?? defaultStoreTerms,
    }
  }

  /** A document that this version of the code cannot read is not in force: better nothing than a guess. */
  private strategyOf(arming: ArmingInForce): ArmedStrategy | undefined {
    const found = armedStrategyOf(arming, arming.mode)
    const { strategy, version, policy } = arming
    if (found === undefined)
      this.journal.info('a strategy is not in force: its document cannot be read', { strategy, version, policy })
    return found
  }

  private checkedTerms(store: number, document: unknown): StoreTerms {
    const terms = storeTermsOf(document)
    if (terms === undefined) this.journal.info("a store's terms cannot be read; the defaults count", { store })
    return terms ?? defaultStoreTerms
  }
}
