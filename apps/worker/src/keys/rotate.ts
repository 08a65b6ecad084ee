import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { DataSource, EntityManager } from 'typeorm'
import type { Vault } from '#access'
import { addOrganisationKey, loadKeys, rewrapKeys, verifyKeys } from '#access'
import { runWhileLeased } from '#event-store'
import type { Progress } from './reseal'
import { resealAll } from './reseal'
import type { KeyStanding } from './status'
import { keyStanding, leftOf } from './status'
import type { Target } from './targets'

export interface Rotation {
  readonly database: DataSource
  readonly vault: Vault
  readonly targets: readonly Target[]
  readonly say: (line: string) => void
  readonly signal: AbortSignal
  /** Each organisation gets another key, and everything is sealed by that. Otherwise keys are only wrapped again. */
  readonly newOrganisationKeys?: boolean
  /** For how long a new key only opens: every process has read it by then. */
  readonly announcedMs?: number
}

export interface Rotated {
  /** Values that do not open by any of the keys given; they are as they were. */
  readonly unreadable: number
  /** Why the keys of before are still needed; `undefined`: they are not. */
  readonly kept: string | undefined
}

/** Twice as long as a process may go without reading the keys, doubled for safety. */
const ANNOUNCED_MS = 10_000
const LEASE_MS = 15_000

/**
 * Brings everything that is sealed under the present keys: the keys of organisations are wrapped by the first master key;
 * what is sealed otherwise is sealed again. Runs beside all others, may be killed at any time, and continues when it is run
 * again. Keys of before are given up only when nothing is sealed by them any more.
 * @returns undefined where another one is at it
 */
export async function rotate(rotation: Rotation): Promise<Rotated | undefined> {
  const { database, vault, signal } = rotation
  await verifyKeys(database, vault)
  const lease = { name: 'keys/rotate', holder: randomUUID(), ms: LEASE_MS }
  let rotated: Rotated | undefined
  await runWhileLeased(database, lease, signal, async (held) => {
    rotated = await whileAlone({ ...rotation, signal: held })
  })
  return rotated
}

async function whileAlone(rotation: Rotation): Promise<Rotated> {
  const { database, vault, targets, say, signal } = rotation
  const resumed = await database.transaction((manager) => prepare(manager, rotation))
  say(resumed ? 'going on where it was left' : 'beginning')
  await untilAllSeal(database, signal)
  await loadKeys(database, vault)
  const progress: Progress[] = []
  for (const target of targets)
    progress.push(await resealAll(database, vault, target, { say: reportedTo(say), signal }))
  const unreadable = progress.reduce((sum, one) => sum + one.unreadable, 0)
  const kept = whyKept(await keyStanding(database, vault), progress)
  if (kept === undefined) await database.transaction((manager) => giveUpOldKeys(manager, vault))
  return { unreadable, kept }
}

/** What does not open by any key that there ever was keeps no key; what a key that is not here might open keeps all. */
function whyKept(standing: KeyStanding, progress: readonly Progress[]): string | undefined {
  const absent = standing.masters.filter(({ given }) => !given).map(({ id }) => id)
  if (absent.length > 0)
    return `the database knows the keys ${absent.join(', ')}, which were not given: give them as well, after the new one`
  const unreadableOf = (name: string): number => progress.find(({ target }) => target === name)?.unreadable ?? 0
  const late = standing.values.reduce((sum, one) => sum + Math.max(0, leftOf(one) - unreadableOf(one.target)), 0)
  return late > 0
    ? `${late} values were written meanwhile by processes that do not know the present keys: run this again`
    : undefined
}

const reportedTo =
  (say: (line: string) => void) =>
  ({ target, seen, sealed, unreadable, finished }: Progress): void =>
    say(
      `${target}: ${seen} looked at, ${sealed} sealed again${unreadable === 0 ? '' : `, ${unreadable} do not open`}${finished ? ', done' : ''}`,
    )

const WITHOUT_KEY = `
  SELECT id FROM organisation o WHERE NOT EXISTS (SELECT FROM organisation_key k WHERE k.org = o.id) ORDER BY id`
const ALL_THAT_LIVE = `
  SELECT id FROM organisation o
  WHERE NOT EXISTS (SELECT FROM organisation_key k WHERE k.org = o.id AND k.wrapped IS NULL) ORDER BY id`

/** Makes the keys that are wanted and wraps the others. Answers whether an earlier run was left unfinished. */
async function prepare(
  manager: EntityManager,
  { vault, newOrganisationKeys = false, announcedMs = ANNOUNCED_MS, targets }: Rotation,
): Promise<boolean> {
  await rewrapKeys(manager, vault)
  const progress = await manager.query<{ finished: boolean }[]>(
    'SELECT finished_at IS NOT NULL AS finished FROM reseal',
  )
  const resumed = progress.some(({ finished }) => !finished)
  if (!resumed) await manager.query('DELETE FROM reseal')
  for (const { name } of targets)
    await manager.query('INSERT INTO reseal (target) VALUES ($1) ON CONFLICT DO NOTHING', [name])
  const wanting = newOrganisationKeys && !resumed ? ALL_THAT_LIVE : WITHOUT_KEY
  for (const { id } of await manager.query<{ id: number }[]>(wanting))
    await addOrganisationKey(manager, vault, id, announcedMs)
  await manager.query('UPDATE sealing SET format = 2 WHERE format <> 2')
  return resumed
}

/** Waits until every process knows the new keys: only then may they seal. */
async function untilAllSeal(database: DataSource, signal: AbortSignal): Promise<void> {
  const [row] = await database.query<{ ms: number | null }[]>(
    'SELECT (extract(epoch FROM max(seals_from) - clock_timestamp()) * 1000)::int AS ms FROM organisation_key',
  )
  if (row?.ms !== undefined && row.ms !== null && row.ms > 0) await pause(row.ms, undefined, { signal })
}

/** Deletes the keys that seal nothing any more, so that no old copy of a value can be opened or restored. */
async function giveUpOldKeys(manager: EntityManager, vault: Vault): Promise<void> {
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
