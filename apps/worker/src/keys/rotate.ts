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
  /** Values that none of the given keys opens. They are left unchanged. */
  readonly unreadable: number
  /** Why the old keys were not deleted; `undefined`: they were. */
  readonly oldKeysKeptBecause: string | undefined
}

/** Processes read stores and keys again after 2 s (`MAX_AGE_MS` of the directory). Five times that covers failed reads. */
const ANNOUNCED_MS = 10_000
/** How long after a crash of the rotating process another one may take over. */
const LEASE_MS = 15_000

/**
 * Brings all sealed values under the current keys: organisation keys are wrapped with the first master key, values sealed
 * with any other key are resealed. Other processes keep working meanwhile. It can be killed at any time; the next run
 * continues. Old keys are deleted only when nothing is sealed with them any more.
 * @returns `undefined` if another process is rotating
 */
export async function rotateKeys(rotation: KeyRotation): Promise<RotationResult | undefined> {
  const { database, vault, signal } = rotation
  await verifyKeys(database, vault)
  const lease = { name: 'keys/rotate', holder: randomUUID(), ms: LEASE_MS }
  let rotated: RotationResult | undefined
  await runWhileLeased(database, lease, signal, async (leaseSignal) => {
    rotated = await rotateUnderLease({ ...rotation, signal: leaseSignal })
  })
  return rotated
}

async function rotateUnderLease(rotation: KeyRotation): Promise<RotationResult> {
  const { database, vault, targets, say, signal } = rotation
  const isResumed = await database.transaction((manager) => prepareKeys(manager, rotation))
  say(isResumed ? 'resuming an interrupted rotation' : 'starting')
  await waitUntilNewKeysSeal(database, signal)
  await loadKeys(database, vault)
  const progress: ResealProgress[] = []
  for (const target of targets)
    progress.push(await resealAll(database, vault, target, { say: progressReporter(say), signal }))
  const unreadable = progress.reduce((sum, target) => sum + target.unreadable, 0)
  const oldKeysKeptBecause = findReasonToKeepOldKeys(await readKeyUsage(database, vault), progress)
  if (oldKeysKeptBecause === undefined) await database.transaction((manager) => deleteOldKeys(manager, vault))
  return { unreadable, oldKeysKeptBecause }
}

/** Values that no known key opens are no reason to keep old keys. A master key that was not given is: it may open some of them. */
function findReasonToKeepOldKeys(usage: KeyUsage, progress: readonly ResealProgress[]): string | undefined {
  const missing = usage.masters.filter(({ given }) => !given).map(({ id }) => id)
  if (missing.length > 0)
    return `the database knows the keys ${missing.join(', ')}, which were not given: give them as well, after the new one`
  const unreadableOf = (name: string): number => progress.find(({ target }) => target === name)?.unreadable ?? 0
  const writtenMeanwhile = usage.values.reduce(
    (sum, value) => sum + Math.max(0, countToReseal(value) - unreadableOf(value.target)),
    0,
  )
  return writtenMeanwhile > 0
    ? `${writtenMeanwhile} values were written meanwhile by processes that do not know the current keys: run this again`
    : undefined
}

const progressReporter =
  (say: (line: string) => void) =>
  ({ target, seen, sealed, unreadable, finished }: ResealProgress): void =>
    say(
      `${target}: ${seen} checked, ${sealed} resealed${unreadable === 0 ? '' : `, ${unreadable} cannot be opened`}${finished ? ', done' : ''}`,
    )

const ORGANISATIONS_WITHOUT_KEY = `
  SELECT id FROM organisation o WHERE NOT EXISTS (SELECT FROM organisation_key k WHERE k.org = o.id) ORDER BY id`
const ORGANISATIONS_NOT_ERASED = `
  SELECT id FROM organisation o
  WHERE NOT EXISTS (SELECT FROM organisation_key k WHERE k.org = o.id AND k.wrapped IS NULL) ORDER BY id`

/** Creates missing organisation keys and wraps the others with the current master key. @returns whether an earlier run was interrupted */
async function prepareKeys(
  manager: EntityManager,
  { vault, newOrganisationKeys = false, announcedMs = ANNOUNCED_MS, targets }: KeyRotation,
): Promise<boolean> {
  await rewrapKeys(manager, vault)
  const progress = await manager.query<{ finished: boolean }[]>(
    'SELECT finished_at IS NOT NULL AS finished FROM reseal',
  )
  const isResumed = progress.some(({ finished }) => !finished)
  if (!isResumed) await manager.query('DELETE FROM reseal')
  for (const { name } of targets)
    await manager.query('INSERT INTO reseal (target) VALUES ($1) ON CONFLICT DO NOTHING', [name])
  const organisationsSql = newOrganisationKeys && !isResumed ? ORGANISATIONS_NOT_ERASED : ORGANISATIONS_WITHOUT_KEY
  for (const { id } of await manager.query<{ id: number }[]>(organisationsSql))
    await addOrganisationKey(manager, vault, id, announcedMs)
  await manager.query('UPDATE sealing SET format = 2 WHERE format <> 2')
  return isResumed
}

/** Waits until every process knows the new keys: only then may they seal. */
async function waitUntilNewKeysSeal(database: DataSource, signal: AbortSignal): Promise<void> {
  const [row] = await database.query<{ ms: number | null }[]>(
    'SELECT (extract(epoch FROM max(seals_from) - clock_timestamp()) * 1000)::int AS ms FROM organisation_key',
  )
  if (row?.ms !== undefined && row.ms !== null && row.ms > 0) await pause(row.ms, undefined, { signal })
}

/** Deletes keys that seal nothing any more, so that an old copy of a value can no longer be opened. */
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
