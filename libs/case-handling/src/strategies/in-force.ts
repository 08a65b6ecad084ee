import type { DataSource, EntityManager } from 'typeorm'
import type { ArmedStrategy, StoreTerms } from '#after-sale'
import { armedStrategyOf, defaultStoreTerms, storeTermsOf } from '#after-sale'
import type { ArmingInForce } from '#ledgers'
import { armingsInForce, newestStoreTerms, revisionInForce } from '#ledgers'
import type { Journal, StoreTermsOf } from '../ports'

/** A strategy in force at a store, with the row that put it in force and its cap, fen a day. */
export interface Standing {
  readonly strategy: ArmedStrategy
  readonly arming: ArmingInForce
}

/** What is in force, as it was read at one moment. */
export interface InForce {
  /** Of one store, in the order in which it was armed. */
  at(store: number): readonly Standing[]
  termsOf(store: number): StoreTerms
}

/** The strategies in force and the terms of stores: few, asked for with every batch, so they are kept in memory until they change. */
export class StrategiesInForce {
  private known: InForce = { at: () => [], termsOf: () => defaultStoreTerms }
  private revision: number | undefined

  constructor(private readonly journal: Journal) {}

  /** @param asking a transaction: nothing of it changes until that ends; the database itself: as it is at this moment */
  async current(asking: DataSource | EntityManager): Promise<InForce> {
    const revision = await revisionInForce(asking)
    if (revision !== this.revision) {
      const armings = await armingsInForce(asking)
      const terms = await newestStoreTerms(asking)
      this.known = this.inForceOf(armings, new Map(terms.map(({ store, document }) => [store, document])))
      this.revision = revision
    }
    return this.known
  }

  /** The terms of stores, queried like `current`. */
  readonly termsOf: StoreTermsOf = async (asking) => {
    const now = await this.current(asking)
    return (store) => now.termsOf(store)
  }

  private inForceOf(armings: readonly ArmingInForce[], documents: ReadonlyMap<number, unknown>): InForce {
    const standing = new Map<number, Standing[]>()
    for (const arming of armings) {
      const strategy = this.strategyOf(arming)
      if (strategy === undefined) continue
      const there = standing.get(arming.store) ?? []
      standing.set(arming.store, [...there, { strategy, arming }])
    }
    const terms = new Map([...documents].map(([store, document]) => [store, this.checkedTerms(store, document)]))
    const none: readonly Standing[] = []
    return { at: (store) => standing.get(store) ?? none, termsOf: (store) => terms.get(store) ?? defaultStoreTerms }
  }

  /** A document that this version of the code cannot read is not in force: better nothing than a guess. */
  private strategyOf(arming: ArmingInForce): ArmedStrategy | undefined {
    const found = armedStrategyOf(arming, arming.mode)
    const { strategy, version, policy } = arming
    if (found === undefined)
      this.journal.note('a strategy is not in force: its document cannot be read', { strategy, version, policy })
    return found
  }

  private checkedTerms(store: number, document: unknown): StoreTerms {
    const terms = storeTermsOf(document)
    if (terms === undefined) this.journal.note("a store's terms cannot be read; the defaults count", { store })
    return terms ?? defaultStoreTerms
  }
}
