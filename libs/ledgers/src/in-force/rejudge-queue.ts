import type { EntityManager } from 'typeorm'
import { ids } from '#event-store'

/** What is to be done with an open stream that is gone through: judged once more, left as it is, or known to be closed. */
export type Again = 'judge' | 'leave' | 'closed'

/** Wants every open stream of a store judged once more from `dueAt` on (UTC ms): what is in force there has changed. */
export const requestRejudging = (manager: EntityManager, store: number, dueAt: number): Promise<unknown> =>
  manager.query('INSERT INTO look_again (store, due_at) VALUES ($1, $2)', [store, dueAt])

interface Wanted {
  readonly id: number
  readonly store: number
  readonly due_at: number
  readonly after: string
}

interface OpenStream<S> {
  readonly id: string
  readonly org: number
  readonly state: S
}

/**
 * Goes through the next open streams of one store that wants it, in the caller's transaction, and of no other store; whether
 * they have timers or not. Streams that come in meanwhile were judged by what is in force now.
 * @param kind of the timer that has a stream judged
 * @param limit streams to lock and to go through
 * @returns how many stores and streams it has seen to; 0: nothing is wanted
 */
export async function rejudgeOpenStreams<S>(
  manager: EntityManager,
  kind: string,
  again: (state: S) => Again,
  limit: number,
): Promise<number> {
  const [wanted] = await manager.query<Wanted[]>(WANTED)
  if (wanted === undefined) return 0
  const streams = await manager.query<OpenStream<S>[]>(NEXT, [wanted.store, wanted.after, limit])
  const answers = streams.map(({ id, state }) => [id, again(state)] as const)
  const those = (answer: Again): string => ids(answers.flatMap(([id, given]) => (given === answer ? [id] : [])))
  await manager.query(TIMED, [kind, wanted.due_at, those('judge')])
  await manager.query('UPDATE stream SET open = false WHERE id = ANY($1::uuid[])', [those('closed')])
  const last = streams.at(-1)
  if (last === undefined || streams.length < limit)
    await manager.query('DELETE FROM look_again WHERE id = $1', [wanted.id])
  else await manager.query('UPDATE look_again SET after = $2 WHERE id = $1', [wanted.id, last.id])
  return 1 + streams.length
}

const WANTED = 'SELECT id, store, due_at, after FROM look_again ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED'

/** Parameters: store, after which stream, at most so many. Exported for tests of its plan. */
export const NEXT = `
  SELECT id, org, state FROM stream WHERE open AND store = $1 AND id > $2 ORDER BY id LIMIT $3 FOR UPDATE`

const TIMED = `
  INSERT INTO timer (stream, kind, org, due_at) SELECT s.id, $1, s.org, $2 FROM stream s WHERE s.id = ANY($3::uuid[])
  ON CONFLICT (stream, kind) DO UPDATE SET due_at = least(timer.due_at, excluded.due_at)`
