import type { DataSource } from 'typeorm'
import type { StoreTerms } from '#after-sale'
import { armedStrategyOf, defaultStoreTerms, storeTermsOf } from '#after-sale'
import type { StoreTermsRow } from '#ledgers'
import { allStoreTermsVersions, allStrategyVersions } from '#ledgers'
import type { InForceAt } from './replay-case'

/**
 * The settings and terms by which strategies judged at any time, from the documents, which are kept forever. What this
 * code can no longer read is not judged again. A process notices changed terms within a second, so a verdict of that
 * second may be based on the previous ones.
 */
export async function inForceAtOf(database: DataSource): Promise<InForceAt> {
  const [versions, terms] = await Promise.all([allStrategyVersions(database), allStoreTermsVersions(database)])
  const byReference = new Map(versions.map((version) => [`${version.strategy}/${version.version}`, version]))
  const byStore = new Map<number, StoreTermsRow[]>()
  for (const one of terms) byStore.set(one.store, [...(byStore.get(one.store) ?? []), one])
  const read = new Map<StoreTermsRow, StoreTerms>()
  return ({ id, version }, store, at) => {
    const document = byReference.get(`${id}/${version}`)
    const armed = document && armedStrategyOf(document, 'live')
    if (armed === undefined) return undefined
    const then = byStore.get(store)?.findLast(({ changedAt }) => changedAt <= at)
    return {
      armed,
      terms: then === undefined ? defaultStoreTerms : known(read, then),
    }
  }
}

function known(read: Map<StoreTermsRow, StoreTerms>, then: StoreTermsRow): StoreTerms {
  const before = read.get(then)
  if (before !== undefined) return before
  const terms = storeTermsOf(then.document) ?? defaultStoreTerms
  read.set(then, terms)
  return terms
}
