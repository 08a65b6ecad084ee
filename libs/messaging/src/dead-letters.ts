import type { DataSource, EntityManager } from 'typeorm'
import type { Producer } from 'kafkajs'
import { storableText } from '#event-store'
import { validateOutgoing } from './language/validation'
import { MAX_RECORD_BYTES } from './publishing/outgoing-batch'
import { partitionOfLongKey } from './long-key'
import { isRejectedRecord } from './rejected-record'
import type { ExactRecord } from './storable-record'
import { packExactRecord, unpackExactRecord, storableId, storableRecord } from './storable-record'

/** A message that could not be published or consumed. */
export interface DeadLetter {
  readonly id: number
  /** The consumer that failed; `publisher`: it was never published. */
  readonly consumer: string
  readonly eventId: string
  /** The topic that it came from and is resent to, as the broker names it. */
  readonly topic: string
  readonly key: string
  readonly headers: Readonly<Record<string, string>>
  readonly value: Buffer
  readonly reason: string
  readonly at: Date
  /** When an operator requested a resend that has not happened yet. */
  readonly wantedAgainAt: Date | null
  readonly sentAgainAt: Date | null
}

export interface NewDeadLetter extends Omit<DeadLetter, 'id' | 'at' | 'wantedAgainAt' | 'sentAgainAt'> {
  /** Key and headers byte for byte, if they may not be valid text. */
  readonly exactRecord?: ExactRecord
}

/** A letter without its value, for lists. `bytes`: the size of the value. */
export type DeadLetterSummary = Omit<DeadLetter, 'value'> & { readonly bytes: number }

/**
 * Saves dead letters. One that exists already is updated with the newest reason, and counts as not resent. Any record can be
 * saved: characters that PostgreSQL cannot hold are replaced, and the exact bytes are stored in `original`.
 */
export async function saveDeadLetters(
  manager: DataSource | EntityManager,
  letters: readonly NewDeadLetter[],
): Promise<void> {
  for (const { consumer, eventId, topic, key, headers, value, reason, exactRecord = { key, headers } } of letters) {
    const storable = storableRecord(exactRecord)
    await manager.query(SAVE_DEAD_LETTER, [
      consumer,
      storableId(eventId),
      storableText(topic, 300),
      storable.key,
      JSON.stringify(storable.headers),
      value,
      storableText(reason, 1_000),
      packExactRecord(exactRecord) ?? null,
    ])
  }
}

const SAVE_DEAD_LETTER = `
  INSERT INTO dead_letter (consumer, event_id, topic, key, headers, value, reason, original)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (consumer, topic, event_id)
    DO UPDATE SET reason = excluded.reason, at = clock_timestamp(), wanted_again_at = NULL, sent_again_at = NULL`

// `storable_json`, since older versions may have written JSON on which `->>` fails.
const SOURCE = `storable_json(headers)->>'ce_source'`
const SUMMARY_COLUMNS = `id, consumer, event_id AS "eventId", topic, key, headers, reason, at, wanted_again_at AS "wantedAgainAt", sent_again_at AS "sentAgainAt"`

/** The key of a message is the id of its case. The stores are the third parameter of every statement here. */
const IS_OF_STORES = `($3::int[] IS NULL OR EXISTS (SELECT 1 FROM stream s WHERE s.id::text = dead_letter.key AND s.store = ANY ($3)))`

export interface DeadLetterFilter {
  readonly consumer?: string
  /** Only messages with this `ce_source`. Records that are no CloudEvents have none. */
  readonly source?: string
  /** Only messages about cases of these stores. */
  readonly stores?: readonly number[] | undefined
  /** The id after which to continue. */
  readonly after?: number
  readonly limit?: number
}

/** Letters that were not resent, oldest first. */
export const deadLetters = (
  database: DataSource,
  { consumer, source, stores, after = 0, limit = 50 }: DeadLetterFilter = {},
): Promise<DeadLetterSummary[]> =>
  database.query<DeadLetterSummary[]>(
    `SELECT ${SUMMARY_COLUMNS}, octet_length(value) AS bytes FROM dead_letter WHERE sent_again_at IS NULL AND id > $1 AND ($2::text IS NULL OR consumer = $2)
       AND ($4::text IS NULL OR ${SOURCE} = $4) AND ${IS_OF_STORES} ORDER BY id LIMIT $5`,
    [after, consumer ?? null, stores ?? null, source ?? null, limit],
  )

/** One letter with its value, resent or not; `undefined`: there is none for this source and these stores. */
export async function deadLetter(
  database: DataSource,
  id: number,
  source: string,
  stores?: readonly number[],
): Promise<DeadLetter | undefined> {
  const [letter] = await database.query<DeadLetter[]>(
    `SELECT ${SUMMARY_COLUMNS}, value FROM dead_letter WHERE id = $1 AND ${SOURCE} = $2 AND ${IS_OF_STORES}`,
    [id, source, stores ?? null],
  )
  return letter
}

/** Requests a resend, which the publisher does as soon as the broker is reachable. `false`: there is no such letter. */
export async function requestResend(
  database: DataSource | EntityManager,
  id: number,
  source: string,
  stores?: readonly number[],
): Promise<boolean> {
  const rows = await database.query<unknown[]>(REQUEST_RESEND, [id, source, stores ?? null])
  return rows.length > 0
}

const REQUEST_RESEND = `
  WITH wanted AS (
    UPDATE dead_letter SET wanted_again_at = clock_timestamp(), sent_again_at = NULL
    WHERE id = $1 AND ${SOURCE} = $2 AND ${IS_OF_STORES} RETURNING 1
  ) SELECT 1 FROM wanted`

/** Processes at most 50 requests for a resend, so that publishing is not held up; returns how many. @throws the broker's error; the requests stay */
export async function resendRequested(database: DataSource, producer: Producer): Promise<number> {
  const requested = await database.query<{ id: number }[]>(
    'SELECT id FROM dead_letter WHERE wanted_again_at IS NOT NULL ORDER BY id LIMIT 50',
  )
  for (const { id } of requested) await resend(database, producer, id)
  return requested.length
}

/**
 * Sends a letter to its topic unchanged. It has the same id, so consumers that have consumed it skip it. It arrives after newer
 * events of its case; consumers compare the versions. A message that was never published is validated again, and is not sent
 * while it is invalid. Returns whether it was sent.
 */
export async function resend(database: DataSource, producer: Producer, id: number): Promise<boolean> {
  const [letter] = await database.query<(DeadLetter & { original: Buffer | null })[]>(
    `SELECT ${SUMMARY_COLUMNS}, value, original FROM dead_letter WHERE id = $1`,
    [id],
  )
  if (letter === undefined) return false
  const reason = unsendableReason(letter)
  if (reason !== undefined) {
    await rejectResend(database, id, reason)
    return false
  }
  const { topic, key, headers, value, original } = letter
  const record = original === null ? { key, headers } : unpackExactRecord(original)
  try {
    const message = { ...partitionOfLongKey(record.key), key: record.key, headers: { ...record.headers }, value }
    await producer.send({ topic, acks: -1, messages: [message] })
  } catch (error) {
    if (!isRejectedRecord(error)) throw error
    await rejectResend(database, id, 'the broker rejects it')
    return false
  }
  await database.query(
    'UPDATE dead_letter SET sent_again_at = clock_timestamp(), wanted_again_at = NULL WHERE id = $1',
    [id],
  )
  return true
}

/** Withdraws the request and stores the reason: a letter that cannot be sent must not stop publishing. */
const rejectResend = (database: DataSource, id: number, reason: string): Promise<unknown> =>
  database.query('UPDATE dead_letter SET wanted_again_at = NULL, reason = $2 WHERE id = $1', [id, reason])

/** The `consumer` of letters that were never published. */
export const PUBLISHER = 'publisher'

function unsendableReason({ consumer, headers, value }: DeadLetter): string | undefined {
  if (value.length > MAX_RECORD_BYTES) return `larger than ${MAX_RECORD_BYTES} bytes`
  if (consumer !== PUBLISHER) return undefined
  try {
    return validateOutgoing(headers['ce_type'] ?? '', JSON.parse(value.toString('utf8')))
  } catch {
    return 'the value is not JSON'
  }
}
