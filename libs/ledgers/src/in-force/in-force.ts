import type { EntityManager } from 'typeorm'
import { prepared } from '#event-store'

interface Queries {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>
}

/** How long a connection that changes what is in force may be idle, ms, or take for one statement: no transaction judges meanwhile. */
const IDLE_TIMEOUT_MS = 2_000
const STATEMENT_TIMEOUT_MS = 5_000

/**
 * The revision of what is in force: it changes with every change. Reading it locks it until the transaction ends, so
 * what the transaction writes was judged by what is in force at its commit.
 */
export async function revisionInForce(judging: Queries): Promise<number> {
  const [row] = await judging.query<{ revision: number }[]>(WHILE_JUDGING, [])
  return row?.revision ?? 0
}

const WHILE_JUDGING = prepared('SELECT in_force_while_judging() AS revision')

/**
 * Must be the first statement of a transaction that changes what is in force: it waits for transactions that judge by the old state, and later ones wait for its end. Taken later, with rows locked that those transactions need, it would
 * deadlock. An idle connection loses it soon.
 * @param withinMs how long it waits; judging transactions queue behind it
 * @throws QueryFailedError 55P03 where the lock was not acquired within that time
 */
export async function lockJudging(manager: EntityManager, withinMs: number): Promise<void> {
  await manager.query(
    `SELECT set_config('lock_timeout', $1, true), set_config('idle_in_transaction_session_timeout', $2, true)`,
    [`${withinMs}ms`, `${IDLE_TIMEOUT_MS}ms`],
  )
  await manager.query('SELECT in_force_is_to_change()')
  await manager.query(`SELECT set_config('statement_timeout', $1, true)`, [`${STATEMENT_TIMEOUT_MS}ms`])
}
