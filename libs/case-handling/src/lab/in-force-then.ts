import type { DataSource } from 'typeorm'
import type { PolicyName, StoreTerms, StoreTermsDocument } from '#after-sale'
import { checkStoreTerms, checkStrategy, defaultStoreTerms, isPolicyName, termsOf } from '#after-sale'
import type { TermsThen, VersionThen } from '#event-store'
import { documentsThen } from '#event-store'
import type { InForceThen } from './replay-case'

/**
 * The settings and terms by which strategies judged at any time, from the documents that are kept for ever. What this code
 * cannot read any more is not judged again. A process notices changed terms within a second, so a verdict of that very
 * second may rest on those before.
 */
export async function inForceThenOf(database: DataSource): Promise<InForceThen> {
  const { versions, terms } = await documentsThen(database)
  const byReference = new Map(versions.map((version) => [`${version.strategy}/${version.version}`, version]))
  const byStore = new Map<number, TermsThen[]>()
  for (const one of terms) byStore.set(one.store, [...(byStore.get(one.store) ?? []), one])
  const read = new Map<TermsThen, StoreTerms>()
  return ({ id, version }, store, at) => {
    const document = byReference.get(`${id}/${version}`)
    if (document === undefined || !isReadable(document)) return undefined
    const then = byStore.get(store)?.findLast(({ from }) => from <= at)
    const policy = document.policy as PolicyName
    return {
      armed: { reference: { id, version }, policy, settings: document.settings, mode: 'live' },
      terms: then === undefined ? defaultStoreTerms : known(read, then),
    }
  }
}

const isReadable = ({ policy, settings }: VersionThen): boolean => isPolicyName(policy) && checkStrategy(policy, settings).length === 0

function known(read: Map<TermsThen, StoreTerms>, then: TermsThen): StoreTerms {
  const before = read.get(then)
  if (before !== undefined) return before
  const terms = checkStoreTerms(then.document).length === 0 ? termsOf(then.document as StoreTermsDocument) : defaultStoreTerms
  read.set(then, terms)
  return terms
}
