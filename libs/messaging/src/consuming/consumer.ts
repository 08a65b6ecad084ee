import type { Consumer, EachBatchPayload } from 'kafkajs'
import type { DataSource, EntityManager } from 'typeorm'
import { failpoint } from '#event-store'
import type { Brokers } from '../brokers'
import type { NewDeadLetter } from '../dead-letters'
import type { CloudEvent } from '../language/cloud-event'
import type { TopicName } from '../topics'
import { topicOf } from '../topics'
import type { Origin, RawRecord, ReadEvent } from './chunk'
import { letterOf, readChunk } from './chunk'
import { notYetConsumed } from './inbox'
import { DeadLetterWriter } from './dead-letter-writer'

/**
 * Consumes events that were not consumed before, valid by their schemas, in order within each case. What is written through
 * `manager` is written exactly once, however often a message is delivered; side effects elsewhere are not. Throwing retries.
 */
export type Consume = (manager: EntityManager, events: readonly CloudEvent[]) => Promise<void>

/** Thrown by `consume`: retrying this message cannot help. The reason must not quote it. */
export class PoisonMessage extends Error {
  constructor(readonly reason: string) {
    super(reason)
  }
}

export interface ConsumerParts {
  readonly database: DataSource
  readonly brokers: Brokers
  /** The consumer group, and the name of its inbox. */
  readonly name: string
  readonly topics: readonly TopicName[]
  readonly consume: Consume
  /** Messages in one transaction. */
  readonly batch?: number
  /** Attempts before a message becomes a dead letter. */
  readonly attempts?: number
  readonly onTrouble?: (what: string, error: unknown) => void
}

/** What one consumer has done since it started. */
export interface ConsumerCounters {
  consumed: number
  /** Delivered again after it had been consumed. */
  duplicates: number
  deadLettered: number
  /** Could neither be consumed nor kept as dead letters; skipped. */
  lost: number
  /** Of types that this version does not know; skipped. */
  unknown: number
  failures: number
}

interface Assignment {
  readonly origin: Origin
  readonly heartbeat: () => Promise<void>
  readonly isActive: () => boolean
}

const PAUSE_MS = 250

/** Consumes topics in batches, each message once; a poison message never stops its partition. */
export class EventConsumer {
  readonly counters: ConsumerCounters = {
    consumed: 0,
    duplicates: 0,
    deadLettered: 0,
    lost: 0,
    unknown: 0,
    failures: 0,
  }
  private readonly lagByPartition = new Map<string, number>()
  private readonly consumer: Consumer
  private readonly deadLetterWriter: DeadLetterWriter

  constructor(private readonly parts: ConsumerParts) {
    this.deadLetterWriter = new DeadLetterWriter(parts)
    this.consumer = parts.brokers.consumer(parts.name)
  }

  /** From the beginning, or from the committed offset of its group. */
  async start(): Promise<void> {
    const { brokers, topics } = this.parts
    await brokers.createTopics()
    await this.consumer.connect()
    await this.consumer.subscribe({
      topics: topics.map((topic) => topicOf(topic, brokers.prefix)),
      fromBeginning: true,
    })
    await this.consumer.run({
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 2,
      eachBatch: (payload) => this.eachBatch(payload),
    })
  }

  /** Finishes the current batch first. */
  async stop(): Promise<void> {
    await this.consumer.disconnect()
    await this.deadLetterWriter.close()
  }

  /** Messages that wait at the broker for this consumer, as of its last batch. */
  lag(): number {
    return [...this.lagByPartition.values()].reduce((sum, count) => sum + count, 0)
  }

  private async eachBatch({ batch, resolveOffset, heartbeat, isRunning, isStale }: EachBatchPayload): Promise<void> {
    const { name, batch: size = 500 } = this.parts
    const { topic, partition, messages } = batch
    const assignment: Assignment = {
      origin: { consumer: name, topic, partition },
      heartbeat,
      isActive: () => isRunning() && !isStale(),
    }
    for (let from = 0; from < messages.length && assignment.isActive(); from += size) {
      const chunk = messages.slice(from, from + size)
      if (!(await this.consumeChunk(chunk, assignment))) return
      failpoint('consume.committed')
      const last = chunk.at(-1) as RawRecord
      resolveOffset(last.offset)
      this.lagByPartition.set(
        `${topic}/${partition}`,
        Math.max(0, Number(BigInt(batch.highWatermark) - BigInt(last.offset) - 1n)),
      )
      await heartbeat()
    }
  }

  /** All at once; if that fails, one by one, so that a poison message is isolated. `false`: stopped meanwhile. */
  private async consumeChunk(raws: readonly RawRecord[], assignment: Assignment): Promise<boolean> {
    const { events, unreadable, unknown } = readChunk(assignment.origin, raws)
    await this.deadLetter(unreadable)
    this.counters.unknown += unknown
    for (;;) {
      const error = await this.attempt(events)
      if (error === undefined) return true
      if (await this.databaseAnswers()) break
      if (!(await pauseBeforeRetry(assignment))) return false
    }
    for (const read of events) if (!(await this.consumeOne(read, assignment))) return false
    return true
  }

  private async consumeOne(read: ReadEvent, assignment: Assignment): Promise<boolean> {
    const { attempts = 3 } = this.parts
    for (let attempt = 1; ;) {
      const error = await this.attempt([read])
      if (error === undefined) return true
      const answers = await this.databaseAnswers()
      // Failures while the database is unreachable do not count as attempts.
      if (error instanceof PoisonMessage || (answers && attempt >= attempts)) {
        await this.deadLetter([letterOf(assignment.origin, read.raw, read.event.id, reasonOf(error))])
        return true
      }
      if (answers) attempt += 1
      if (!(await pauseBeforeRetry(assignment))) return false
    }
  }

  /** The error, if any; then nothing was written. */
  private async attempt(reads: readonly ReadEvent[]): Promise<unknown> {
    const { database, name, consume } = this.parts
    const events = reads.map(({ event }) => event)
    try {
      const taken = await database.transaction(async (manager) => {
        const fresh = await notYetConsumed(manager, name, events)
        if (fresh.length > 0) await consume(manager, fresh)
        failpoint('consume.worked')
        return fresh.length
      })
      this.counters.consumed += taken
      this.counters.duplicates += events.length - taken
      return undefined
    } catch (error) {
      this.counters.failures += 1
      this.parts.onTrouble?.('messages are retried', error)
      return error ?? new Error('no reason')
    }
  }

  /** It is not marked as consumed: resent, it counts as new. */
  private async deadLetter(letters: readonly NewDeadLetter[]): Promise<void> {
    if (letters.length === 0) return
    const { kept, lost } = await this.deadLetterWriter.write(letters)
    this.counters.deadLettered += kept
    this.counters.lost += lost
  }

  private databaseAnswers(): Promise<boolean> {
    return this.parts.database.query('SELECT 1').then(
      () => true,
      () => false,
    )
  }
}

/** Keeps the assignment alive by a heartbeat. `false`: the assignment is over. */
async function pauseBeforeRetry({ heartbeat, isActive }: Assignment): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  await heartbeat()
  return isActive()
}

/** Only class and code: the text may quote the message. */
function reasonOf(error: unknown): string {
  if (error instanceof PoisonMessage) return error.reason
  if (!(error instanceof Error)) return 'unknown error'
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? `${error.constructor.name} ${code}` : error.constructor.name
}
