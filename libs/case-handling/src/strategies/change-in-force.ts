import { setTimeout as pause } from 'node:timers/promises'
import type { DataSource, EntityManager } from 'typeorm'
import { blockJudging } from '#ledgers'

/**
 * How long each try waits for batches that are judging, ms. New batches queue behind it, so the first tries are short;
 * the last outlasts a long batch, where batches follow each other without a gap.
 */
export const LOCK_WAITS_MS: readonly number[] = [250, 500, 1_000, 2_000, 4_000, 8_000]
/** Between two tries the queued batches judge. */
const RETRY_PAUSE_MS = 250

/**
 * Nothing was written: the lock was not available, or there was a deadlock, e.g. while an upgrade changes the tables.
 */
const LOCK_FAILURES = ['55P03', '40P01']

/**
 * The connection was lost between two statements and before the commit, as happens to an idle transaction that holds
 * the judging lock.
 */
const CONNECTION_LOST = 'QueryRunnerProviderAlreadyReleasedError'

function isRolledBack(error: unknown): boolean {
  const { code, name } = error as { code?: unknown; name?: unknown }
  return LOCK_FAILURES.includes(String(code)) || name === CONNECTION_LOST
}

/**
 * One transaction that changes what is in force: it takes the judging lock first and holds it to the end. While batches are judging, it backs off and retries, for about fifteen seconds.
 * @throws QueryFailedError 55P03 or 40P01 where the lock was never available
 */
export async function changeInForce<T>(
  database: DataSource,
  change: (manager: EntityManager) => Promise<T>,
  waitsMs = LOCK_WAITS_MS,
): Promise<T> {
  const [withinMs = 0, ...later] = waitsMs
  try {
    return await database.transaction(async (manager) => {
      await blockJudging(manager, withinMs)
      return change(manager)
    })
  } catch (error) {
    if (later.length === 0 || !isRolledBack(error)) throw error
  }
  await pause(RETRY_PAUSE_MS)
  return changeInForce(database, change, later)
}
