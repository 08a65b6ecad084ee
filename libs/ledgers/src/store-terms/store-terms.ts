import type { EntityManager } from 'typeorm'
import { storableJson } from '#event-store'
import type { Author, Ledger } from '../author'
import { StoreTermsEntity } from './store-terms.entity'

export type StoreTermsRow = StoreTermsEntity

/** The newest terms of one store; `undefined`: it has none. */
export const termsOfStore = async (ledger: Ledger, org: number, store: number): Promise<StoreTermsRow | undefined> =>
  (await ledger.getRepository(StoreTermsEntity).findOne({ where: { org, store }, order: { version: 'DESC' } })) ??
  undefined

/** The newest terms of every store. By hand: the newest of each in one statement, inside the transaction that judges. */
export const newestStoreTerms = (
  ledger: Pick<Ledger, 'query'>,
): Promise<Pick<StoreTermsRow, 'store' | 'version' | 'document'>[]> =>
  ledger.query('SELECT DISTINCT ON (store) store, version, document FROM store_terms ORDER BY store, version DESC')

/** All versions of the terms of all stores, oldest first. */
export const allStoreTermsVersions = (ledger: Ledger): Promise<StoreTermsRow[]> =>
  ledger.getRepository(StoreTermsEntity).find({ order: { store: 'ASC', version: 'ASC' } })

/**
 * Writes the next version of a store's terms if `expectedVersion` is still the newest (0: none), and returns its number;
 * `undefined`: they were changed meanwhile. By hand: compare-and-set in one statement, behind an advisory lock, since the row to
 * lock may not exist yet.
 */
export async function changeStoreTerms(
  manager: EntityManager,
  { org, by, at }: Author,
  store: number,
  document: unknown,
  expectedVersion: number,
): Promise<number | undefined> {
  await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, $2))', [`${org}/${store}`, TERMS_LOCK_SEED])
  const [row] = await manager.query<{ version: number }[]>(
    `INSERT INTO store_terms (store, version, org, document, changed_at, changed_by)
     SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5 FROM store_terms WHERE store = $1
     HAVING coalesce(max(version), 0) = $6 RETURNING version`,
    [store, org, storableJson(document), at, by, expectedVersion],
  )
  return row?.version
}

/** Makes these keys differ from those of other advisory locks; the number is arbitrary. */
const TERMS_LOCK_SEED = 7_340_022
