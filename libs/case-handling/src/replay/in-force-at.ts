import type { DataSource } from 'typeorm'
import type { StoreTerms } from '#after-sale'
import { armedStrategyOf, defaultStoreTerms, readStoreTerms } from '#after-sale'
import type { StoreTermsRow } from '#ledgers'
import { allStoreTermsVersions, allStrategyVersions } from '#ledgers'
import type { InForceAt } from './replay-case'

/**
 * Loads with which settings and terms strategies judged at any time, from the documents, which are kept forever. A verdict
 * whose settings this code can no longer read is not judged again.
 */
export async function loadInForceAt(database: DataSource): Promise<InForceAt> {
  const [versions, terms] = await Promise.all([allStrategyVersions(database), allStoreTermsVersions(database)])
  const versionsByReference = new Map(versions.map((version) => [`${version.strategy}/${version.version}`, version]))
  const rowsByStore = new Map<number, StoreTermsRow[]>()
  for (const row of terms) rowsByStore.set(row.store, [...(rowsByStore.get(row.store) ?? []), row])
  const cache = new Map<StoreTermsRow, StoreTerms>()
  return ({ id, version }, store, at) => {
    const document = versionsByReference.get(`${id}/${version}`)
    const armed = document && armedStrategyOf(document, 'live')
    if (armed === undefined) return undefined
    const row = rowsByStore.get(store)?.findLast(({ changedAt }) => changedAt <= at)
    return {
      armed,
      terms: row === undefined ? defaultStoreTerms : readTermsOnce(cache, row),
    }
  }
}

function readTermsOnce(cache: Map<StoreTermsRow, StoreTerms>, row: StoreTermsRow): StoreTerms {
  const cached = cache.get(row)
  if (cached !== undefined) return cached
  const terms = readStoreTerms(row.document) ?? defaultStoreTerms
  cache.set(row, terms)
  return terms
}
