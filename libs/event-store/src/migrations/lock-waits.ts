import type { QueryRunner } from 'typeorm'

/**
 * How long a transaction that changes tables may wait for locks, ms. Less than `deadlock_timeout`, the second after which a
 * waiting statement looks for a deadlock: no statement that waits for such a table has looked by then, so it is the change
 * that fails and is retried, never another transaction.
 */
export const LOCK_TIMEOUT_MS = 800
/** For each further lock of a change whose own work takes longer than that. */
const LATE_LOCK_TIMEOUT_MS = 50
/** Time passed before the timeout is set again: not each of the hundreds of statements needs one before it. */
const SET_AGAIN_AFTER_MS = 50

/**
 * Makes the waits for locks of each transaction end `LOCK_TIMEOUT_MS` after it began. With a timeout for each statement alone, a
 * change of several tables would hold the first one while it waits long for each of the others.
 * @param runner its connection has the session's `lock_timeout` of `LOCK_TIMEOUT_MS`
 */
export function limitLockWaits(runner: QueryRunner): QueryRunner {
  const query = runner.query.bind(runner) as (sql: string, ...more: unknown[]) => Promise<unknown>
  let begunAt = 0
  let timeout = LOCK_TIMEOUT_MS
  const queryLimited = async (sql: string, ...more: unknown[]): Promise<unknown> => {
    if (sql === 'START TRANSACTION') {
      begunAt = performance.now()
      timeout = LOCK_TIMEOUT_MS
    } else if (runner.isTransactionActive && !['COMMIT', 'ROLLBACK'].includes(sql)) {
      const left = Math.max(LATE_LOCK_TIMEOUT_MS, Math.ceil(LOCK_TIMEOUT_MS - (performance.now() - begunAt)))
      if (left <= timeout - SET_AGAIN_AFTER_MS) {
        await query(`SET LOCAL lock_timeout = '${left}ms'`)
        timeout = left
      }
    }
    return query(sql, ...more)
  }
  runner.query = queryLimited as typeof runner.query
  return runner
}
