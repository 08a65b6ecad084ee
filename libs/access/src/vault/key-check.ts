import type { DataSource, EntityManager } from 'typeorm'
import type { MasterKey } from './master-key'
import type { Place } from './places'
import { placeOf } from './places'
import type { Queries } from './stored-keys'
import { hasKeyTables, loadKeys } from './stored-keys'
import { Unsealable, WrongKey } from './unsealable'
import type { Vault } from './vault'

/** Processes that start together, and registrations, check one after the other. */
const LOCK = 7_340_160
const SAMPLE = 20

interface Check {
  readonly id: string
  readonly digest: Buffer
}

/**
 * Whether the keys given are those of this database; the database remembers a check value of each key that was in use. One
 * without any (new, or of a version that kept none) takes the keys whose values open; where there are sealed values and none
 * opens, nothing is written. Loads the organisations' keys. @throws WrongKey
 */
export const verifyKeys = (database: DataSource, vault: Vault): Promise<void> =>
  database.transaction((manager) => verifyKeysIn(manager, vault))

/** The same in the caller's transaction, before it writes anything. */
export async function verifyKeysIn(database: EntityManager, vault: Vault): Promise<void> {
  if (!(await hasKeyTables(database))) return
  await database.query('SELECT pg_advisory_xact_lock($1)', [LOCK])
  const checks = await checksOf(database)
  const known = checks.length > 0 ? knownAmong(vault.masters, checks) : await provenBy(database, vault)
  if (known.length === 0) throw new WrongKey(idsOf(vault.masters), idsOf(checks))
  const [first] = vault.masters
  for (const master of new Set([...known, ...(first === undefined ? [] : [first])]))
    await database.query('INSERT INTO key_check (id, digest) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING', [
      master.id,
      master.check,
    ])
  await loadKeys(database, vault)
}

/** What a running process lacks to open what is sealed, in a sentence; `undefined`: nothing. */
export async function missingKeys(database: Queries, vault: Vault): Promise<string | undefined> {
  const checks = await checksOf(database)
  return checks.length === 0 || knownAmong(vault.masters, checks).length > 0
    ? undefined
    : `The key given ${new WrongKey(idsOf(vault.masters), idsOf(checks)).message}.`
}

const checksOf = (database: Queries): Promise<Check[]> =>
  database.query<Check[]>('SELECT id, digest FROM key_check ORDER BY id')

const idsOf = (keys: readonly { readonly id: string }[]): string[] => keys.map(({ id }) => id)

const knownAmong = (masters: readonly MasterKey[], checks: readonly Check[]): MasterKey[] =>
  masters.filter((master) => checks.some(({ id, digest }) => id === master.id && digest.equals(master.check)))

/** The keys that open something of a database that has no check value; the first key where nothing is sealed there. */
async function provenBy(database: Queries, vault: Vault): Promise<readonly MasterKey[]> {
  const values = await someSealed(database)
  if (values.length === 0) return vault.masters.slice(0, 1)
  return vault.masters.filter((master) => values.some(({ place, sealed }) => opens(master, place, sealed)))
}

function opens(master: MasterKey, place: Place, sealed: Buffer): boolean {
  try {
    master.open(place, sealed)
    return true
  } catch (error) {
    if (error instanceof Unsealable) return false
    throw error
  }
}

/** Values of every table that has some, oldest and newest: one that is damaged says nothing of the key. */
async function someSealed(database: Queries): Promise<{ readonly place: Place; readonly sealed: Buffer }[]> {
  const apps = await database.query<{ org: number; marketplace: string; appKey: string; sealed: Buffer }[]>(
    `SELECT org, marketplace, app_key AS "appKey", secret AS sealed FROM app ORDER BY id`,
  )
  const stores = await database.query<{ org: number; app: number; shop: string; sealed: Buffer }[]>(
    `SELECT org, app, shop, access_token AS sealed FROM store ORDER BY id LIMIT ${SAMPLE}`,
  )
  const messages = await database.query<{ org: number; app: number; digest: Buffer; sealed: Buffer }[]>(
    ['ASC', 'DESC']
      .map((order) => `(SELECT org, app, digest, raw AS sealed FROM message ORDER BY id ${order} LIMIT ${SAMPLE})`)
      .join(' UNION ALL '),
  )
  return [
    ...apps.map((row) => ({ place: placeOf.appSecret(row), sealed: row.sealed })),
    ...stores.map((row) => ({ place: placeOf.accessToken(row), sealed: row.sealed })),
    ...messages.map((row) => ({ place: placeOf.message(row), sealed: row.sealed })),
  ]
}
