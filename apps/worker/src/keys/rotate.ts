import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { DataSource, EntityManager } from 'typeorm'
import type { Vault } from '#access'
import { addOrganisationKey, loadKeys, rewrapKeys, verifyKeys } from '#access'
import { runWhileLeased } from '#event-store'
import type { ResealProgress } from './reseal'
import { resealAll } from './reseal'
import type { KeyUsage } from './status'
import { readKeyUsage, countToReseal } from './status'
import type { ResealTarget } from './targets'

export interface KeyRotation {
  readonly database: DataSource
  readonly vault: Vault
  readonly targets: readonly ResealTarget[]
  readonly say: (line: string) => void
  readonly signal: AbortSignal
  /** Each organisation gets a new key, and everything is resealed with it. Otherwise its key is only wrapped again. */
  readonly newOrganisationKeys?: boolean
  /** How long a new key only opens values and seals none, so that every process has read it first. */
  readonly announcedMs?: number
}

export interface RotationResult {
  /** Values that do not open by any of the keys given; they are as they were. */
  readonly unreadable: number
  /** Why earlier keys are still needed; `undefined`: they are not. */
  readonly kept: string | undefined
}

/** Longer than any process goes without reading the keys, with a margin of at least two. */
const ANNOUNCED_MS = 10_000
/** Another process can continue this long after the one that rotates was killed. */
const LEASE_MS = 15_000

/**
 * Brings all sealed values under the current keys: organisations' keys are wrapped with the first master key, values under
 * any other key are resealed. Other processes keep working meanwhile. It may be killed at any time and continues when it is
 * run again. Earlier keys are deleted only once nothing is sealed with them.
 * @returns `undefined` if another process is rotating
 */
export async function rotateKeys(rotation: KeyRotation): Promise<RotationResult | undefined> {
  const { database, vault, signal } = rotation
  await verifyKeys(database, vault)
  const lease = { name: 'keys/rotate', holder: randomUUID(), ms: LEASE_MS }
  let rotated: RotationResult | undefined
  await runWhileLeased(database, lease, signal, async (held) => {
    rotated = await rotateUnderLease({ ...rotation, signal: held })
  })
  return rotated
}

async function rotateUnderLease(rotation: KeyRotation): Promise<RotationResult> {
  const { database, vault, targets, say, signal } = rotation
  const resumed = await database.transaction((manager) => prepareKeys(manager, rotation))
  say(resumed ? 'going on where it was left' : 'beginning')
  await waitUntilNewKeysSeal(database, signal)
  await loadKeys(database, vault)
  const progress: ResealProgress[] = []
  for (const target of targets)
    progress.push(await resealAll(database, vault, target, { say: progressReporter(say), signal }))
  const unreadable = progress.reduce((sum, one) => sum + one.unreadable, 0)
  const kept = findReasonToKeepOldKeys(await readKeyUsage(database, vault), progress)
  if (kept === undefined) await database.transaction((manager) => deleteOldKeys(manager, vault))
  return { unreadable, kept }
}

/** Values that no known key opens are no reason to keep one. A master key that was not given is: it may open some of them. */
function findReasonToKeepOldKeys(standing: KeyUsage, progress: readonly ResealProgress[]): string | undefined {
  const absent = standing.masters.filter(({ given }) => !given).map(({ id }) => id)
  if (absent.length > 0)
    return `the database knows the keys ${absent.join(', ')}, which were not given: give them as well, after the new one`
  const unreadableOf = (name: string): number => progress.find(({ target }) => target === name)?.unreadable ?? 0
  const writtenMeanwhile = standing.values.reduce(
    (sum, one) => sum + Math.max(0, countToReseal(one) - unreadableOf(one.target)),
    0,
  )
  return writtenMeanwhile > 0
    ? `${writtenMeanwhile} values were written meanwhile by processes that do not know the present keys: run this again`
    : undefined
}

const progressReporter =
  (say: (line: string) => void) =>
  ({ target, seen, sealed, unreadable, finished }: ResealProgress): void =>
    say(
      `${target}: ${seen} looked at, ${sealed} sealed again${unreadable === 0 ? '' : `, ${unreadable} do not open`}${finished ? ', done' : ''}`,
    )

const WITHOUT_KEY = `
  SELECT id FROM organisation o WHERE NOT EXISTS (SELECT FROM organisation_key k WHERE k.org = o.id) ORDER BY id`
const NOT_ERASED = `
  SELECT id FROM organisation o
  WHERE NOT EXISTS (SELECT FROM organisation_key k WHERE k.org = o.id AND k.wrapped IS NULL) ORDER BY id`

/** Creates the keys that are missing and wraps the others again. @returns whether an earlier run was interrupted */
async function prepareKeys(
  manager: EntityManager,
  { vault, newOrganisationKeys = false, announcedMs = ANNOUNCED_MS, targets }: KeyRotation,
): Promise<boolean> {
  await rewrapKeys(manager, vault)
  const progress = await manager.query<{ finished: boolean }[]>(
    'SELECT finished_at IS NOT NULL AS finished FROM reseal',
  )
  const resumed = progress.some(({ finished }) => !finished)
  if (!resumed) await manager.query('DELETE FROM reseal')
  for (const { name } of targets)
    await manager.query('INSERT INTO reseal (target) VALUES ($1) ON CONFLICT DO NOTHING', [name])
  const organisationsSql = newOrganisationKeys && !resumed ? NOT_ERASED : WITHOUT_KEY
  for (const { id } of await manager.query<{ id: number }[]>(organisationsSql))
    await addOrganisationKey(manager, vault, id, announcedMs)
  await manager.query('UPDATE sealing SET format = 2 WHERE format <> 2')
  return resumed
}

/** Waits until every process knows the new keys: only then may they seal. */
async function waitUntilNewKeysSeal(database: DataSource, signal: AbortSignal): Promise<void> {
  const [row] = await database.query<{ ms: number | null }[]>(
    'SELECT (extract(epoch FROM max(seals_from) - clock_timestamp()) * 1000)::int AS ms FROM organisation_key',
  )
  if (row?.ms !== undefined && row.ms !== null && row.ms > 0) await pause(row.ms, undefined, { signal })
}

/** Deletes the keys that seal nothing any more, so that no old copy of a value can be opened or restored. */
async function deleteOldKeys(manager: EntityManager, vault: Vault): Promise<void> {
  await manager.query('UPDATE sealing SET reads_first = false')
  await manager.query(
    `DELETE FROM organisation_key k WHERE wrapped IS NOT NULL AND EXISTS (
       SELECT FROM organisation_key n WHERE n.org = k.org AND (n.seals_from, n.id) > (k.seals_from, k.id))`,
  )
  await manager.query(
    `DELETE FROM key_check c WHERE id <> $1
       AND NOT EXISTS (SELECT FROM organisation_key k WHERE k.master = c.id AND k.wrapped IS NOT NULL)`,
    [vault.masters[0]?.id],
  )
  await loadKeys(manager, vault)
}
