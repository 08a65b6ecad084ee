import type { DataSource, EntityManager } from 'typeorm'
import type { Producer } from 'kafkajs'

/** Something that could not be told, or that a consumer could not take. */
export interface DeadLetter {
  readonly id: number
  /** Whose work it stopped; `publisher`: it never left. */
  readonly consumer: string
  readonly eventId: string
  /** Where it came from, and where it goes when it is sent again: the topic's name at the broker. */
  readonly topic: string
  readonly key: string
  readonly headers: Readonly<Record<string, string>>
  readonly value: Buffer
  readonly reason: string
  readonly at: Date
  readonly sentAgainAt: Date | null
}

export type DeadLetterWrite = Omit<DeadLetter, 'id' | 'at' | 'sentAgainAt'>

/** Keeps them; one that is dead already is kept once, with the newest reason, and counts as not sent again. */
export async function bury(manager: DataSource | EntityManager, letters: readonly DeadLetterWrite[]): Promise<void> {
  for (const { consumer, eventId, topic, key, headers, value, reason } of letters)
    await manager.query(BURY, [consumer, eventId, topic, key, JSON.stringify(headers), value, reason])
}

const BURY = `
  INSERT INTO dead_letter (consumer, event_id, topic, key, headers, value, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (consumer, topic, event_id) DO UPDATE SET reason = excluded.reason, at = clock_timestamp(), sent_again_at = NULL`

/** Oldest first, those that wait for somebody; `after`: the id of the last one seen. */
export const deadLetters = (database: DataSource, { consumer, after = 0, limit = 50 }: { consumer?: string; after?: number; limit?: number } = {}): Promise<DeadLetter[]> =>
  database.query<DeadLetter[]>(
    `SELECT id, consumer, event_id AS "eventId", topic, key, headers, value, reason, at, sent_again_at AS "sentAgainAt" FROM dead_letter
     WHERE sent_again_at IS NULL AND id > $1 AND ($2::text IS NULL OR consumer = $2) ORDER BY id LIMIT $3`,
    [after, consumer ?? null, limit],
  )

/**
 * Sends it to its topic as it was, with the same id: whoever took it then passes over it, whose letter it was takes it now.
 * Answers whether there was one. It comes after what was said of its case meanwhile; versions tell.
 */
export async function sendAgain(database: DataSource, producer: Producer, id: number): Promise<boolean> {
  const [letter] = await database.query<DeadLetter[]>('SELECT topic, key, headers, value FROM dead_letter WHERE id = $1', [id])
  if (letter === undefined) return false
  const { topic, key, headers, value } = letter
  await producer.send({ topic, acks: -1, messages: [{ key, headers: { ...headers }, value }] })
  await database.query('UPDATE dead_letter SET sent_again_at = clock_timestamp() WHERE id = $1', [id])
  return true
}
