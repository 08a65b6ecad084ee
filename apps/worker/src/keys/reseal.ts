import type { DataSource, EntityManager } from 'typeorm'
import type { Vault } from '#access'
import { DestroyedKey, Unsealable, loadKeys } from '#access'
import type { RowKey, ResealedValue, SealedValue, ResealTarget } from './targets'

/** How far the resealing of one kind of values has come. */
export interface ResealProgress {
  readonly target: string
  /** Rows visited, also those without a sealed value. */
  readonly seen: number
  readonly sealed: number
  readonly unreadable: number
  readonly finished: boolean
}

export interface ResealOptions {
  /** Called after each batch. */
  readonly say: (progress: ResealProgress) => void
  readonly signal: AbortSignal
}

interface ProgressRow {
  readonly after: RowKey | null
  readonly seen: number
  readonly sealed: number
  readonly unreadable: number
  readonly finished: boolean
}

/**
 * Seals all values of a target by the present keys, a batch a transaction, together with how far it has come: a run that is killed
 * loses one batch, and the next one continues from there. Values that do not open stay as they are and are counted.
 */
export async function resealAll(
  database: DataSource,
  vault: Vault,
  target: ResealTarget,
  { say, signal }: ResealOptions,
): Promise<ResealProgress> {
  for (;;) {
    signal.throwIfAborted()
    const progress = await database.transaction((manager) => resealBatch(manager, vault, target))
    say(progress)
    if (progress.finished) return progress
  }
}

async function resealBatch(manager: EntityManager, vault: Vault, target: ResealTarget): Promise<ResealProgress> {
  // An organisation may have been registered since the last batch, with a key of its own.
  await loadKeys(manager, vault)
  const before = await lockProgress(manager, target)
  if (before.finished) return { target: target.name, ...before }
  const { values, rows, after } = await target.next(manager, before.after, target.batch, true)
  const { replaced, unreadable } = resealValues(values, vault)
  if (replaced.length > 0) await target.write(manager, replaced, vault)
  const now = {
    seen: before.seen + rows,
    sealed: before.sealed + replaced.length,
    unreadable: before.unreadable + unreadable,
    finished: after === null,
  }
  await manager.query(
    `UPDATE reseal SET after = $2, seen = $3, sealed = $4, unreadable = $5,
       finished_at = CASE WHEN $6 THEN clock_timestamp() END WHERE target = $1`,
    [target.name, JSON.stringify(after), now.seen, now.sealed, now.unreadable, now.finished],
  )
  return { target: target.name, ...now }
}

async function lockProgress(manager: EntityManager, { name }: ResealTarget): Promise<ProgressRow> {
  await manager.query('INSERT INTO reseal (target) VALUES ($1) ON CONFLICT DO NOTHING', [name])
  const [row] = await manager.query<ProgressRow[]>(
    'SELECT after, seen, sealed, unreadable, finished_at IS NOT NULL AS finished FROM reseal WHERE target = $1 FOR UPDATE',
    [name],
  )
  return row ?? { after: null, seen: 0, sealed: 0, unreadable: 0, finished: false }
}

function resealValues(values: readonly SealedValue[], vault: Vault): { replaced: ResealedValue[]; unreadable: number } {
  const replaced: ResealedValue[] = []
  let unreadable = 0
  for (const value of values) {
    const { place, sealed } = value
    try {
      if (vault.isCurrent(place.org, sealed)) continue
      replaced.push({ ...value, resealValues: vault.seal(place, vault.open(place, sealed)) })
    } catch (error) {
      if (!(error instanceof Unsealable)) throw error
      // The values of an erased organisation are not meant to open.
      if (!(error instanceof DestroyedKey)) unreadable += 1
    }
  }
  return { replaced, unreadable }
}
