import type { Message, Producer } from 'kafkajs'
import type { DataSource } from 'typeorm'
import type { Brokers } from '../brokers'
import type { NewDeadLetter } from '../dead-letters'
import { saveDeadLetters } from '../dead-letters'
import { partitionOfLongKey } from '../long-key'
import { isRejectedRecord } from '../rejected-record'
import { packExactRecord, unpackExactRecord, storableRecord } from '../storable-record'
import { topicOf } from '../topics'

export interface DeadLetterWriterParts {
  readonly database: DataSource
  readonly brokers: Brokers
  readonly onTrouble?: (what: string, error: unknown) => void
}

/** By default brokers accept a megabyte in one request for one partition, headers included; half of it leaves room for framing. */
const MAX_REQUEST_BYTES = 512 * 1024

/**
 * Writes records that a consumer cannot consume to the topic `dead-letters` and the table `dead_letter`. A record whose content
 * the broker or the database rejects is skipped, so that it never stops its partition.
 */
export class DeadLetterWriter {
  private producer: Producer | undefined

  constructor(private readonly parts: DeadLetterWriterParts) {}

  /**
   * Returns how many were saved, and how many were rejected by the database and are lost; these are logged without their content.
   * @throws if the broker or the database is unreachable; the caller writes all of them again later
   */
  async write(letters: readonly NewDeadLetter[]): Promise<{ readonly kept: number; readonly lost: number }> {
    let lost = 0
    await this.publish(letters)
    for (const letter of letters)
      try {
        await saveDeadLetters(this.parts.database, [letter])
      } catch (error) {
        if (!isRejectedRow(error)) throw error
        lost += 1
        this.parts.onTrouble?.('a record could not be kept as a dead letter and was skipped', error)
      }
    return { kept: letters.length - lost, lost }
  }

  async close(): Promise<void> {
    await this.producer?.disconnect()
  }

  private async publish(letters: readonly NewDeadLetter[]): Promise<void> {
    for (const request of splitIntoRequests(letters.map(deadLetterMessageOf)))
      try {
        await this.send(request)
      } catch (error) {
        if (!isRejectedRecord(error)) throw error
        for (const message of request) await this.publishAlone(message)
      }
  }

  /** If a message is too large with our headers, it is published without its value and with short headers. The table has all of it. */
  private async publishAlone(message: Message): Promise<void> {
    try {
      await this.send([message])
    } catch (error) {
      if (!isRejectedRecord(error)) throw error
      const { key, headers } = storableRecord({ key: message.key ?? null, headers: message.headers ?? {} })
      const shortHeaders = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, text.slice(0, 500)]))
      try {
        await this.send([{ partition: 0, key, value: null, headers: { ...shortHeaders, shouhou_truncated: 'true' } }])
      } catch (secondError) {
        if (!isRejectedRecord(secondError)) throw secondError
        this.parts.onTrouble?.('a record could not be published as a dead letter', secondError)
      }
    }
  }

  private async send(messages: Message[]): Promise<void> {
    const { brokers } = this.parts
    this.producer ??= await brokers.producer()
    await this.producer.send({ topic: topicOf('dead-letters', brokers.prefix), acks: -1, messages })
  }
}

function deadLetterMessageOf({
  consumer,
  topic,
  key,
  headers,
  value,
  reason,
  exactRecord: exact = { key, headers },
}: NewDeadLetter): Message {
  const original = packExactRecord(exact)
  const record = original === undefined ? { key, headers } : unpackExactRecord(original)
  const origin = { shouhou_topic: topic, shouhou_consumer: consumer, shouhou_reason: reason }
  return { ...partitionOfLongKey(record.key), key: record.key, value, headers: { ...record.headers, ...origin } }
}

function splitIntoRequests(messages: readonly Message[]): Message[][] {
  const requests: Message[][] = []
  let bytes = Infinity
  for (const message of messages) {
    const size = messageBytes(message)
    bytes += size
    if (bytes > MAX_REQUEST_BYTES) {
      requests.push([])
      bytes = size
    }
    requests.at(-1)?.push(message)
  }
  return requests
}

function messageBytes({ key, value, headers = {} }: Message): number {
  let bytes = Buffer.byteLength(key ?? '') + Buffer.byteLength(value ?? '')
  for (const [name, value] of Object.entries(headers))
    for (const text of Array.isArray(value) ? value : [value]) bytes += name.length + Buffer.byteLength(text ?? '') + 4
  return bytes
}

/** SQLSTATE classes of temporary errors: connection, conflict, out of resources, shutdown, read-only after a failover. */
const TEMPORARY_SQLSTATE = /^(?:08|25|40|53|55|57|58)/

/** Whether the database rejects this row for its content: a retry cannot help. */
function isRejectedRow(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError) return true
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code) && !TEMPORARY_SQLSTATE.test(code)
}
