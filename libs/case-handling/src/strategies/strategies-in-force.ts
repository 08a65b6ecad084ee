import type { DataSource, EntityManager } from 'typeorm'
import type { ArmedStrategy, StoreTerms } from '#after-sale'
import { armedStrategyOf, defaultStoreTerms, readStoreTerms } from '#after-sale'
import { currentTenants } from '#event-store'
import type { ArmingInForce } from '#ledgers'
import { armingsInForce, newestStoreTerms, revisionInForce } from '#ledgers'
import type { Journal, StoreTermsOf } from '../ports'

export interface InForceOptions {
  /** Whether to cache separately for each set of tenants: for a process whose role reads only those of its current work. */
  readonly perTenant?: boolean
}

/** A strategy in force at a store, with the row that put it in force, which has the cap in fen a day. */
export interface StrategyInForce {
  readonly strategy: ArmedStrategy
  readonly arming: ArmingInForce
}

/** The strategies and terms that were in force when they were read. */
export interface InForce {
  /** The strategies of one store, in the order in which they were armed. */
  strategiesAt(store: number): readonly StrategyInForce[]
  termsOf(store: number): StoreTerms
}

/**
 * Reads the strategies in force and the terms of stores. They are few and every batch needs them, so they are cached
 * until their revision number, which a trigger increases, changes.
 */
export class StrategiesInForce {
  private readonly caches = new Map<string, { readonly revision: number; readonly inForce: InForce }>()

  constructor(
    private readonly journal: Journal,
    private readonly options: InForceOptions = {},
  ) {}

  /** @param connection a transaction locks the result until it ends; with the database itself, it may change at once */
  async current(connection: DataSource | EntityManager): Promise<InForce> {
    const revision = await revisionInForce(connection)
    const key = (this.options.perTenant === true ? currentTenants() : undefined) ?? ''
    const cached = this.caches.get(key)
    if (cached?.revision === revision) return cached.inForce
    const armings = await armingsInForce(connection)
    const terms = await newestStoreTerms(connection)
    const inForce = this.buildInForce(armings, new Map(terms.map(({ store, document }) => [store, document])))
    this.caches.set(key, { revision, inForce })
    return inForce
  }

  /** The terms of stores; `connection` as for `current`. */
  readonly termsOf: StoreTermsOf = async (connection) => {
    const inForce = await this.current(connection)
    return (store) => inForce.termsOf(store)
  }

  private buildInForce(armings: readonly ArmingInForce[], documents: ReadonlyMap<number, unknown>): InForce {
    const byStore = new Map<number, StrategyInForce[]>()
    for (const arming of armings) {
      const strategy = this.readStrategy(arming)
      if (strategy === undefined) continue
      const strategiesOfStore = byStore.get(arming.store) ?? []
      byStore.set(arming.store, [...strategiesOfStore, { strategy, arming }])
    }
    const terms = new Map([...documents].map(([store, document]) => [store, this.readTerms(store, document)]))
    const noStrategies: readonly StrategyInForce[] = []
    return {
      strategiesAt: (store) => byStore.get(store) ?? noStrategies,
      termsOf: (store) => terms.get(store) ?? defaultStoreTerms,
    }
  }

  /** A strategy whose settings this version of the code cannot read is not in force, rather than guessed. */
  private readStrategy(arming: ArmingInForce): ArmedStrategy | undefined {
    const armedStrategy = armedStrategyOf(arming, arming.mode)
    const { strategy, version, policy } = arming
    if (armedStrategy === undefined)
      this.journal.info('a strategy is not in force: its document cannot be read', { strategy, version, policy })
    return armedStrategy
  }

  private readTerms(store: number, document: unknown): StoreTerms {
    const terms = readStoreTerms(document)
    if (terms === undefined) this.journal.info("a store's terms cannot be read; the defaults count", { store })
    return terms ?? defaultStoreTerms
  }
}
