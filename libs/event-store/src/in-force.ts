import type { DataSource, EntityManager } from 'typeorm'
import { remembered } from './remembered'

interface Queries {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>
}

/** How long arming waits for batches that are just judging, ms; nobody else judges meanwhile. */
const GIVES_UP_AFTER_MS = 5_000

/**
 * The number of what is in force: it is another one after every change. Within a transaction nothing changes any more
 * until it ends, so what is written by it was judged by what is in force.
 */
export async function revisionInForce(judging: Queries): Promise<number> {
  const [row] = await judging.query<{ revision: number }[]>(WHILE_JUDGING, [])
  return row?.revision ?? 0
}

const WHILE_JUDGING = remembered('SELECT in_force_while_judging() AS revision')

/**
 * To be the first statement of a transaction that changes what is in force: it waits for those who judge by what was,
 * and whoever judges next waits for its end. Taken later, with rows locked that those who judge want, each would wait
 * for the other.
 * @throws QueryFailedError 55P03 after a while
 */
export async function holdJudging(manager: EntityManager, withinMs = GIVES_UP_AFTER_MS): Promise<void> {
  await manager.query(`SELECT set_config('lock_timeout', $1, true)`, [`${withinMs}ms`])
  await manager.query('SELECT in_force_is_to_change()')
}

/** Wants every open case of a store judged once more from `dueAt` on (UTC ms): what is in force there has changed. */
export const wantLookedAgain = (manager: EntityManager, store: number, dueAt: number): Promise<unknown> =>
  manager.query('INSERT INTO look_again (store, due_at) VALUES ($1, $2)', [store, dueAt])

/**
 * Goes through the next cases for one store that wants it, as far as something is due for them: each is judged once
 * more. Cases that come in meanwhile were judged by what is in force now.
 * @param limit cases of any store to go through
 * @returns how many it went through; 0: nothing is wanted
 */
export async function lookAgain(database: DataSource, kind: string, limit = 2_000): Promise<number> {
  const [row] = await database.query<{ n: number }[]>(LOOK_AGAIN, [kind, limit])
  return row?.n ?? 0
}

// The streams are locked first and in the order of their ids, as everywhere.
const LOOK_AGAIN = `
  WITH wanted AS MATERIALIZED (SELECT id, store, due_at, after FROM look_again ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED),
  next AS MATERIALIZED (
    SELECT DISTINCT stream FROM timer WHERE stream > (SELECT after FROM wanted) ORDER BY stream LIMIT $2
  ), locked AS MATERIALIZED (
    SELECT s.id, s.org FROM stream s
    WHERE s.id IN (SELECT stream FROM next) AND s.store = (SELECT store FROM wanted) ORDER BY s.id FOR UPDATE
  ), timed AS (
    INSERT INTO timer (stream, kind, org, due_at) SELECT l.id, $1, l.org, w.due_at FROM locked l, wanted w
    ON CONFLICT (stream, kind) DO UPDATE SET due_at = least(timer.due_at, excluded.due_at)
  ), further AS (
    UPDATE look_again l SET after = (SELECT stream FROM next ORDER BY stream DESC LIMIT 1)
    FROM wanted w WHERE l.id = w.id AND (SELECT count(*) FROM next) >= $2
  ), done AS (
    DELETE FROM look_again l USING wanted w WHERE l.id = w.id AND (SELECT count(*) FROM next) < $2
  )
  SELECT count(*)::int + (SELECT count(*)::int FROM next) AS n FROM wanted`
