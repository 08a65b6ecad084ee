import { setTimeout as pause } from 'node:timers/promises'
import type { DataSource, EntityManager } from 'typeorm'
import { blockJudging } from '#ledgers'

/**
 * How long each attempt waits for batches that are judging, ms. New batches queue behind the waiting change, so the first
 * attempts are short. The last is long enough for a long batch when batches follow each other without a gap.
 */
export const LOCK_WAITS_MS: readonly number[] = [250, 500, 1_000, 2_000, 4_000, 8_000]
/** Between two attempts the queued batches judge. */
const RETRY_PAUSE_MS = 250

/** SQLSTATE: the lock was not available, or there was a deadlock, e.g. with an upgrade. Nothing was written. */
const LOCK_FAILURES = ['55P03', '40P01']

/**
 * TypeORM's names for a connection that was lost between two statements: noticed by the transaction's manager, or by its
 * `COMMIT`, which then was not sent. PostgreSQL closes the connection of a transaction that holds the judging lock and is idle
 * for too long.
 */
const CONNECTION_LOST = ['QueryRunnerProviderAlreadyReleasedError', 'QueryRunnerAlreadyReleasedError']

function isRolledBack(error: unknown): boolean {
  const { code, name } = error as { code?: unknown; name?: unknown }
  return LOCK_FAILURES.includes(String(code)) || CONNECTION_LOST.includes(String(name))
}

/**
 * Runs `change` in a transaction that takes the judging lock first and holds it to the end. While batches are judging,
 * it backs off and retries, for about fifteen seconds. @throws QueryFailedError 55P03 or 40P01 if it never got the lock
 */
export async function changeInForce<T>(
  database: DataSource,
  change: (manager: EntityManager) => Promise<T>,
  waitsMs = LOCK_WAITS_MS,
): Promise<T> {
  const [waitMs = 0, ...laterWaitsMs] = waitsMs
  try {
    return await database.transaction(async (manager) => {
      await blockJudging(manager, waitMs)
      return change(manager)
    })
  } catch (error) {
    if (laterWaitsMs.length === 0 || !isRolledBack(error)) throw error
  }
  await pause(RETRY_PAUSE_MS)
  return changeInForce(database, change, laterWaitsMs)
}
