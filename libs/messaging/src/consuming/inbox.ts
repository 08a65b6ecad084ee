import { hash } from 'node:crypto'
import type { DataSource, EntityManager } from 'typeorm'
import { prepared } from '#event-store'
import type { CloudEvent } from '../language/cloud-event'

/** Sixteen bytes that stand for source and id: as one, they are what CloudEvents call the same event. */
const markOf = ({ source, id }: CloudEvent): string => {
  const hex = hash('sha256', `${source}\n${id}`, 'hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

/**
 * Those that this consumer has not taken yet, each once, in their order. They count as taken when the caller's
 * transaction commits, so with it his work is done once or not at all. Whoever takes the same ones at this moment waits.
 */
export async function notYetConsumed(
  manager: EntityManager,
  consumer: string,
  events: readonly CloudEvent[],
): Promise<CloudEvent[]> {
  const byMark = new Map<string, CloudEvent>()
  for (const event of events) {
    const mark = markOf(event)
    if (!byMark.has(mark)) byMark.set(mark, event)
  }
  // Sorted, so that two who take the same ones wait for each other instead of in a ring.
  const repeated = await manager.query<{ event: string }[]>(MARK_CONSUMED, [
    consumer,
    `{${[...byMark.keys()].sort().join(',')}}`,
  ])
  for (const { event } of repeated) byMark.delete(event)
  return [...byMark.values()]
}

// Answers the few that were there, not the many that were not.
const MARK_CONSUMED = prepared('SELECT take_note($1, $2::uuid[]) AS event')

/** Forgets what was taken longer ago than `days`: more than a topic keeps its messages, or a repetition is taken for news. */
export const pruneInbox = (database: DataSource, consumer: string, days: number): Promise<unknown> =>
  database.query(`DELETE FROM consumed WHERE consumer = $1 AND at < clock_timestamp() - $2 * interval '1 day'`, [
    consumer,
    days,
  ])
