import { randomBytes } from 'node:crypto'
import { organisationKeyId } from './organisation-key'
import type { WrappedKey } from './organisation-keys'
import { DestroyedKey } from './errors'
import type { Vault } from './vault'

export interface KeyQueries {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>
}

type KeyRow = { readonly reads_first: boolean } & { readonly [K in keyof WrappedKey]: WrappedKey[K] | null }

const LOAD_KEYS = `
  SELECT s.reads_first, k.org, k.id, k.master, k.wrapped, k.seals_from <= clock_timestamp() AS seals
  FROM sealing s LEFT JOIN organisation_key k ON true ORDER BY k.seals_from, k.id`

/** Whether the key tables exist: the database of an older version has none until it is migrated. */
export const hasKeyTables = async (queries: KeyQueries): Promise<boolean> => {
  const [row] = await queries.query<{ is: boolean }[]>(`SELECT to_regclass('organisation_key') IS NOT NULL AS is`)
  return row?.is === true
}

/**
 * Loads the keys of the database into the vault. Called whenever the directory is read.
 * @param of `some`: only the keys of some organisations are visible; those of the others stay as they are loaded
 */
export async function loadKeys(
  queries: KeyQueries,
  vault: Vault,
  { of = 'all' }: { readonly of?: 'all' | 'some' } = {},
): Promise<void> {
  const rows = await queries.query<KeyRow[]>(LOAD_KEYS)
  vault.readsFirstFormat = rows[0]?.reads_first ?? true
  vault.organisationKeys.load(
    rows.filter((row): row is KeyRow & WrappedKey => row.org !== null),
    of,
  )
}

/**
 * Gives a new organisation a key of its own if the database's values are sealed in the second format, and loads it into the
 * vault. Called in the transaction that inserts the organisation. @throws DestroyedKey if the organisation was erased
 */
export async function ensureOrganisationKey(queries: KeyQueries, vault: Vault, org: number): Promise<void> {
  const [{ format } = { format: 1 }] = await queries.query<{ format: number }[]>('SELECT format FROM sealing')
  if (format === 1) return
  const known = await queries.query<{ destroyed: boolean }[]>(
    'SELECT wrapped IS NULL AS destroyed FROM organisation_key WHERE org = $1',
    [org],
  )
  if (known.some(({ destroyed }) => destroyed)) throw new DestroyedKey()
  if (known.length === 0) await addOrganisationKey(queries, vault, org, 0)
  await loadKeys(queries, vault)
}

/** @param announcedMs for how long the key only opens values, so that every process loads it before it seals */
export async function addOrganisationKey(
  queries: KeyQueries,
  { masters: [first] }: Vault,
  org: number,
  announcedMs: number,
): Promise<void> {
  if (first === undefined) return
  const key = randomBytes(32)
  const id = organisationKeyId(key)
  await queries.query(
    `INSERT INTO organisation_key (org, id, master, wrapped, seals_from)
     VALUES ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 ms')`,
    [org, id, first.id, first.wrap(org, id, key), announcedMs],
  )
}

/** Rewraps all keys that can be unwrapped here by the first master key; sealed values do not change. Returns how many. */
export async function rewrapKeys(queries: KeyQueries, vault: Vault): Promise<number> {
  const [first] = vault.masters
  const rows = await queries.query<{ org: number; id: string; master: string; wrapped: Buffer }[]>(
    'SELECT org, id, master, wrapped FROM organisation_key WHERE wrapped IS NOT NULL AND master <> $1 FOR UPDATE',
    [first?.id],
  )
  let wrapped = 0
  for (const row of rows) {
    const master = vault.masters.find(({ id }) => id === row.master)
    if (first === undefined || master === undefined) continue
    const key = master.unwrap(row.org, row.id, row.wrapped)
    await queries.query('UPDATE organisation_key SET master = $3, wrapped = $4 WHERE org = $1 AND id = $2', [
      row.org,
      row.id,
      first.id,
      first.wrap(row.org, row.id, key),
    ])
    wrapped += 1
  }
  await loadKeys(queries, vault)
  return wrapped
}
