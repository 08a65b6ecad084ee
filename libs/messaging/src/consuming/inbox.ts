import { hash } from 'node:crypto'
import type { DataSource, EntityManager } from 'typeorm'
import { prepared } from '#event-store'
import type { CloudEvent } from '../language/cloud-event'

/** A UUID derived from source and id, which together identify an event in CloudEvents: 16 bytes a row, however long the id. */
const eventKeyOf = ({ source, id }: CloudEvent): string => {
  const hex = hash('sha256', `${source}\n${id}`, 'hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

/**
 * Marks the events as consumed and returns those that this consumer had not consumed before, each once, in their order. The marks
 * belong to the caller's transaction, so its work is done once or not at all. A second transaction with the same events waits.
 */
export async function markNewEvents(
  manager: EntityManager,
  consumer: string,
  events: readonly CloudEvent[],
): Promise<CloudEvent[]> {
  const byKey = new Map<string, CloudEvent>()
  for (const event of events) {
    const key = eventKeyOf(event)
    if (!byKey.has(key)) byKey.set(key, event)
  }
  // Sorted, so that two transactions with the same events cannot deadlock.
  const repeated = await manager.query<{ event: string }[]>(MARK_AND_RETURN_REPEATED, [
    consumer,
    `{${[...byKey.keys()].sort().join(',')}}`,
  ])
  for (const { event } of repeated) byKey.delete(event)
  return [...byKey.values()]
}

// Returns the repeated events, which are few, instead of the new ones, which are many.
const MARK_AND_RETURN_REPEATED = prepared('SELECT take_note($1, $2::uuid[]) AS event')

/** Deletes marks older than `days`, which must exceed the topics' retention: otherwise a redelivered message would count as new. */
export const pruneInbox = (database: DataSource, consumer: string, days: number): Promise<unknown> =>
  database.query(`DELETE FROM consumed WHERE consumer = $1 AND at < clock_timestamp() - $2 * interval '1 day'`, [
    consumer,
    days,
  ])
