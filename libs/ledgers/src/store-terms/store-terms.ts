import type { EntityManager } from 'typeorm'
import { storableJson } from '#event-store'
import type { Author, Ledger } from '../author'
import { StoreTermsEntity } from './store-terms.entity'

export type StoreTermsRow = StoreTermsEntity

/** The newest terms of one store; `undefined`: none were ever given. */
export const termsOfStore = async (ledger: Ledger, org: number, store: number): Promise<StoreTermsRow | undefined> =>
  (await ledger.getRepository(StoreTermsEntity).findOne({ where: { org, store }, order: { version: 'DESC' } })) ??
  undefined

/** The newest terms of every store. By hand: the newest of each in one statement, inside the transaction that judges. */
export const newestStoreTerms = (
  ledger: Pick<Ledger, 'query'>,
): Promise<Pick<StoreTermsRow, 'store' | 'version' | 'document'>[]> =>
  ledger.query('SELECT DISTINCT ON (store) store, version, document FROM store_terms ORDER BY store, version DESC')

/** All terms that stores ever had, oldest first. */
export const everyStoreTerms = (ledger: Ledger): Promise<StoreTermsRow[]> =>
  ledger.getRepository(StoreTermsEntity).find({ order: { store: 'ASC', version: 'ASC' } })

/**
 * The next version of a store's terms, after `after`; `undefined`: they were changed since. By hand: compare-and-set in one
 * statement, behind an advisory lock since the row to lock may not exist yet.
 */
export async function changeStoreTerms(
  manager: EntityManager,
  { org, by, at }: Author,
  store: number,
  document: unknown,
  after: number,
): Promise<number | undefined> {
  await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, $2))', [`${org}/${store}`, TERMS_LOCK])
  const [row] = await manager.query<{ version: number }[]>(
    `INSERT INTO store_terms (store, version, org, document, changed_at, changed_by)
     SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5 FROM store_terms WHERE store = $1
     HAVING coalesce(max(version), 0) = $6 RETURNING version`,
    [store, org, storableJson(document), at, by, after],
  )
  return row?.version
}

const TERMS_LOCK = 7_340_022
