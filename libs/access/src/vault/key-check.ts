import type { DataSource, EntityManager } from 'typeorm'
import type { MasterKey } from './master-key'
import type { Place } from './places'
import { placeOf } from './places'
import type { KeyQueries } from './stored-keys'
import { hasKeyTables, loadKeys } from './stored-keys'
import { Unsealable, WrongKey } from './errors'
import type { Vault } from './vault'

/** Serialises the checks of starting processes and of registrations. */
const ADVISORY_LOCK = 7_340_160
const SAMPLE_SIZE = 20

interface KeyCheck {
  readonly id: string
  readonly digest: Buffer
}

/**
 * Checks that the given keys are those of this database, which stores a check value of each key that was in use. A database
 * without any (new, or of a version that stored none) accepts the keys that open its values; if it has sealed values and none
 * opens, nothing is written. Loads the organisations' keys. @throws WrongKey
 */
export const verifyKeys = (database: DataSource, vault: Vault): Promise<void> =>
  database.transaction((manager) => verifyKeysIn(manager, vault))

/** The same in the caller's transaction, before it writes anything. */
export async function verifyKeysIn(database: EntityManager, vault: Vault): Promise<void> {
  if (!(await hasKeyTables(database))) return
  await database.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCK])
  const checks = await checksOf(database)
  const known = checks.length > 0 ? recordedAmong(vault.masters, checks) : await keysThatOpenValues(database, vault)
  if (known.length === 0) throw new WrongKey(idsOf(vault.masters), idsOf(checks))
  const [first] = vault.masters
  for (const master of new Set([...known, ...(first === undefined ? [] : [first])]))
    await database.query('INSERT INTO key_check (id, digest) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING', [
      master.id,
      master.check,
    ])
  await loadKeys(database, vault)
}

/** A sentence about the keys that a running process lacks to open sealed values; `undefined`: none is missing. */
export async function missingKeys(database: KeyQueries, vault: Vault): Promise<string | undefined> {
  const checks = await checksOf(database)
  return checks.length === 0 || recordedAmong(vault.masters, checks).length > 0
    ? undefined
    : `The key given ${new WrongKey(idsOf(vault.masters), idsOf(checks)).message}.`
}

const checksOf = (database: KeyQueries): Promise<KeyCheck[]> =>
  database.query<KeyCheck[]>('SELECT id, digest FROM key_check ORDER BY id')

const idsOf = (keys: readonly { readonly id: string }[]): string[] => keys.map(({ id }) => id)

const recordedAmong = (masters: readonly MasterKey[], checks: readonly KeyCheck[]): MasterKey[] =>
  masters.filter((master) => checks.some(({ id, digest }) => id === master.id && digest.equals(master.check)))

/** The keys that open a value of a database without check values; the first key if it has no sealed values. */
async function keysThatOpenValues(database: KeyQueries, vault: Vault): Promise<readonly MasterKey[]> {
  const values = await sampleSealedValues(database)
  if (values.length === 0) return vault.masters.slice(0, 1)
  return vault.masters.filter((master) => values.some(({ place, sealed }) => canOpen(master, place, sealed)))
}

function canOpen(master: MasterKey, place: Place, sealed: Buffer): boolean {
  try {
    master.open(place, sealed)
    return true
  } catch (error) {
    if (error instanceof Unsealable) return false
    throw error
  }
}

/** A sample of sealed values, oldest and newest: several, since a damaged one proves nothing about the key. */
async function sampleSealedValues(database: KeyQueries): Promise<{ readonly place: Place; readonly sealed: Buffer }[]> {
  const apps = await database.query<{ org: number; marketplace: string; appKey: string; sealed: Buffer }[]>(
    `SELECT org, marketplace, app_key AS "appKey", secret AS sealed FROM app ORDER BY id`,
  )
  const stores = await database.query<{ org: number; app: number; shop: string; sealed: Buffer }[]>(
    `SELECT org, app, shop, access_token AS sealed FROM store ORDER BY id LIMIT ${SAMPLE_SIZE}`,
  )
  const messages = await database.query<{ org: number; app: number; digest: Buffer; sealed: Buffer }[]>(
    ['ASC', 'DESC']
      .map((order) => `(SELECT org, app, digest, raw AS sealed FROM message ORDER BY id ${order} LIMIT ${SAMPLE_SIZE})`)
      .join(' UNION ALL '),
  )
  return [
    ...apps.map((row) => ({ place: placeOf.appSecret(row), sealed: row.sealed })),
    ...stores.map((row) => ({ place: placeOf.accessToken(row), sealed: row.sealed })),
    ...messages.map((row) => ({ place: placeOf.message(row), sealed: row.sealed })),
  ]
}
