import type { EntityManager } from 'typeorm'
import { prepared } from '#event-store'

/** A transaction, as far as it is needed here. */
interface Queryable {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>
}

/**
 * Limits of a transaction that changes what is in force, ms: how long it may be idle, and how long one statement may take. No case
 * is judged meanwhile, so a process that stops in the middle must lose the lock soon.
 */
const IDLE_TIMEOUT_MS = 2_000
const STATEMENT_TIMEOUT_MS = 5_000

/**
 * Reads the revision of what is in force, which grows with every change, and holds a shared lock on it until the transaction
 * ends: what the transaction writes was judged by what is in force at its commit.
 */
export async function revisionInForce(transaction: Queryable): Promise<number> {
  const [row] = await transaction.query<{ revision: number }[]>(LOCK_AND_READ_REVISION, [])
  // The function returns one row always; only the type says that there may be none.
  return row?.revision ?? 0
}

const LOCK_AND_READ_REVISION = prepared('SELECT in_force_while_judging() AS revision')

/**
 * Waits for transactions that judge by the old state, and makes later ones wait until this transaction ends. Must be its first
 * statement: taken after rows that judging transactions need, the lock would deadlock with them.
 * @param timeoutMs how long to wait for the lock; new judging transactions queue behind it meanwhile
 * @throws QueryFailedError 55P03 where the lock was not acquired within that time
 */
export async function blockJudging(manager: EntityManager, timeoutMs: number): Promise<void> {
  await manager.query(
    `SELECT set_config('lock_timeout', $1, true), set_config('idle_in_transaction_session_timeout', $2, true)`,
    [`${timeoutMs}ms`, `${IDLE_TIMEOUT_MS}ms`],
  )
  await manager.query('SELECT in_force_is_to_change()')
  await manager.query(`SELECT set_config('statement_timeout', $1, true)`, [`${STATEMENT_TIMEOUT_MS}ms`])
}
