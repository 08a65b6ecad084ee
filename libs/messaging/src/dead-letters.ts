import type { DataSource, EntityManager } from 'typeorm'
import type { Producer } from 'kafkajs'
import { storableText } from '#event-store'
import { validateOutgoing } from './language/validation'
import { MAX_RECORD_BYTES } from './publishing/outgoing-batch'
import { isRejectedRecord } from './rejected-record'
import type { ExactRecord } from './storable-record'
import { originalOf, partitionOf, recordOf, storableId, storableRecord } from './storable-record'

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
  /** When somebody asked for it to be sent again; it was not yet. */
  readonly wantedAgainAt: Date | null
  readonly sentAgainAt: Date | null
}

export interface NewDeadLetter extends Omit<DeadLetter, 'id' | 'at' | 'wantedAgainAt' | 'sentAgainAt'> {
  /** The record as it came, where `key` and `headers` are only its text. */
  readonly exact?: ExactRecord
}

/** One line of a list: everything but the value. */
export type DeadLetterSummary = Omit<DeadLetter, 'value'> & { readonly bytes: number }

/**
 * Keeps them; one that is dead already is kept once, with the newest reason, and counts as not sent again. Whatever is in
 * their texts can be kept: what no column holds is replaced there, and the record to the byte stands beside it.
 */
export async function saveDeadLetters(
  manager: DataSource | EntityManager,
  letters: readonly NewDeadLetter[],
): Promise<void> {
  for (const { consumer, eventId, topic, key, headers, value, reason, exact = { key, headers } } of letters) {
    const kept = storableRecord(exact)
    await manager.query(SAVE, [
      consumer,
      storableId(eventId),
      storableText(topic, 300),
      kept.key,
      JSON.stringify(kept.headers),
      value,
      storableText(reason, 1_000),
      originalOf(exact) ?? null,
    ])
  }
}

const SAVE = `
  INSERT INTO dead_letter (consumer, event_id, topic, key, headers, value, reason, original)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (consumer, topic, event_id)
    DO UPDATE SET reason = excluded.reason, at = clock_timestamp(), wanted_again_at = NULL, sent_again_at = NULL`

// An older version may have written what fails every `->>`.
const SOURCE = `storable_json(headers)->>'ce_source'`
const SUMMARY_COLUMNS = `id, consumer, event_id AS "eventId", topic, key, headers, reason, at, wanted_again_at AS "wantedAgainAt", sent_again_at AS "sentAgainAt"`

export interface DeadLetterFilter {
  readonly consumer?: string
  /** Only letters of messages from there: `ce_source`. What is no CloudEvent is from nowhere. */
  readonly source?: string
  /** The id of the last one seen. */
  readonly after?: number
  readonly limit?: number
}

/** Oldest first, those that wait for somebody. */
export const deadLetters = (
  database: DataSource,
  { consumer, source, after = 0, limit = 50 }: DeadLetterFilter = {},
): Promise<DeadLetterSummary[]> =>
  database.query<DeadLetterSummary[]>(
    `SELECT ${SUMMARY_COLUMNS}, octet_length(value) AS bytes FROM dead_letter WHERE sent_again_at IS NULL AND id > $1 AND ($2::text IS NULL OR consumer = $2)
       AND ($3::text IS NULL OR ${SOURCE} = $3) ORDER BY id LIMIT $4`,
    [after, consumer ?? null, source ?? null, limit],
  )

/** One of them, sent again or not. */
export async function deadLetter(database: DataSource, id: number, source: string): Promise<DeadLetter | undefined> {
  const [letter] = await database.query<DeadLetter[]>(
    `SELECT ${SUMMARY_COLUMNS}, value FROM dead_letter WHERE id = $1 AND ${SOURCE} = $2`,
    [id, source],
  )
  return letter
}

/** Asks for it to be sent again. Whoever publishes does so in a moment, or when the broker is back. `false`: there is none. */
export async function requestResend(
  database: DataSource | EntityManager,
  id: number,
  source: string,
): Promise<boolean> {
  const rows = await database.query<unknown[]>(REQUEST_RESEND, [id, source])
  return rows.length > 0
}

const REQUEST_RESEND = `
  WITH wanted AS (
    UPDATE dead_letter SET wanted_again_at = clock_timestamp(), sent_again_at = NULL WHERE id = $1 AND ${SOURCE} = $2 RETURNING 1
  ) SELECT 1 FROM wanted`

/** Sends what is wanted again; answers how many were. @throws whatever the broker does; they are wanted still */
export async function resendRequested(database: DataSource, producer: Producer): Promise<number> {
  const wanted = await database.query<{ id: number }[]>(
    'SELECT id FROM dead_letter WHERE wanted_again_at IS NOT NULL ORDER BY id LIMIT 50',
  )
  for (const { id } of wanted) await resend(database, producer, id)
  return wanted.length
}

/**
 * Sends it to its topic as it was, with the same id: whoever took it then passes over it, whose letter it was takes it now.
 * It comes after what was said of its case meanwhile; versions tell. What never left the house is judged once more: as long
 * as it is not written down, it stays. Answers whether it was sent.
 */
export async function resend(database: DataSource, producer: Producer, id: number): Promise<boolean> {
  const [letter] = await database.query<(DeadLetter & { original: Buffer | null })[]>(
    `SELECT ${SUMMARY_COLUMNS}, value, original FROM dead_letter WHERE id = $1`,
    [id],
  )
  if (letter === undefined) return false
  const flaw = flawOf(letter)
  if (flaw !== undefined) {
    await rejectResend(database, id, flaw)
    return false
  }
  const { topic, key, headers, value, original } = letter
  const record = original === null ? { key, headers } : recordOf(original)
  try {
    const message = { ...partitionOf(record.key), key: record.key, headers: { ...record.headers }, value }
    await producer.send({ topic, acks: -1, messages: [message] })
  } catch (error) {
    if (!isRejectedRecord(error)) throw error
    await rejectResend(database, id, 'the broker does not take it')
    return false
  }
  await database.query(
    'UPDATE dead_letter SET sent_again_at = clock_timestamp(), wanted_again_at = NULL WHERE id = $1',
    [id],
  )
  return true
}

/** It is not wanted any more, and says why: one that cannot be sent must not stop what else is published. */
const rejectResend = (database: DataSource, id: number, reason: string): Promise<unknown> =>
  database.query('UPDATE dead_letter SET wanted_again_at = NULL, reason = $2 WHERE id = $1', [id, reason])

/** Whose letter it is that never left. */
export const PUBLISHER = 'publisher'

function flawOf({ consumer, headers, value }: DeadLetter): string | undefined {
  if (value.length > MAX_RECORD_BYTES) return `larger than ${MAX_RECORD_BYTES} bytes`
  if (consumer !== PUBLISHER) return undefined
  try {
    return validateOutgoing(headers['ce_type'] ?? '', JSON.parse(value.toString('utf8')))
  } catch {
    return 'the value is no JSON'
  }
}
