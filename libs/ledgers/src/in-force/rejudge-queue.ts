import type { EntityManager } from 'typeorm'
import { uuidArray } from '#event-store'

/** What to do with an open stream: judge it again, leave it as it is, or mark it as closed. */
export type Rejudgement = 'judge' | 'leave' | 'closed'

/**
 * Requests that every open stream of a store is judged again from `dueAt` on (UTC ms), because what is in force there
 * has changed.
 */
export const requestRejudging = (manager: EntityManager, store: number, dueAt: number): Promise<unknown> =>
  manager.query('INSERT INTO look_again (store, due_at) VALUES ($1, $2)', [store, dueAt])

/** A row of `look_again`. `after`: the last stream that was processed. */
interface RejudgeRequest {
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
 * Processes the next open streams of one requested store, in the caller's transaction. Streams that are opened after the request
 * are judged by the new state anyway.
 * @param kind the kind of timer that makes a worker judge a stream
 * @param limit how many streams to lock and process at most
 * @returns how many stores and streams were processed; 0: nothing is requested
 */
export async function rejudgeOpenStreams<S>(
  manager: EntityManager,
  kind: string,
  rejudgementOf: (state: S) => Rejudgement,
  limit: number,
): Promise<number> {
  const [request] = await manager.query<RejudgeRequest[]>(NEXT_REQUEST)
  if (request === undefined) return 0
  const streams = await manager.query<OpenStream<S>[]>(NEXT_OPEN_STREAMS, [request.store, request.after, limit])
  const decisions = streams.map(({ id, state }) => [id, rejudgementOf(state)] as const)
  const idsFor = (rejudgement: Rejudgement): string =>
    uuidArray(decisions.flatMap(([id, decided]) => (decided === rejudgement ? [id] : [])))
  await manager.query(SET_TIMERS, [kind, request.due_at, idsFor('judge')])
  await manager.query('UPDATE stream SET open = false WHERE id = ANY($1::uuid[])', [idsFor('closed')])
  const lastStream = streams.at(-1)
  if (lastStream === undefined || streams.length < limit)
    await manager.query('DELETE FROM look_again WHERE id = $1', [request.id])
  else await manager.query('UPDATE look_again SET after = $2 WHERE id = $1', [request.id, lastStream.id])
  return 1 + streams.length
}

const NEXT_REQUEST = 'SELECT id, store, due_at, after FROM look_again ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED'

/** Parameters: the store, the last processed stream, the limit. Exported for the test of its query plan. */
export const NEXT_OPEN_STREAMS = `
  SELECT id, org, state FROM stream WHERE open AND store = $1 AND id > $2 ORDER BY id LIMIT $3 FOR UPDATE`

const SET_TIMERS = `
  INSERT INTO timer (stream, kind, org, due_at) SELECT s.id, $1, s.org, $2 FROM stream s WHERE s.id = ANY($3::uuid[])
  ON CONFLICT (stream, kind) DO UPDATE SET due_at = least(timer.due_at, excluded.due_at)`
