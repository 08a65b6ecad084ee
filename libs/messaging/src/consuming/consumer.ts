import type { Consumer, EachBatchPayload } from 'kafkajs'
import type { DataSource, EntityManager } from 'typeorm'
import { failpoint } from '#event-store'
import type { Brokers } from '../brokers'
import type { NewDeadLetter } from '../dead-letters'
import type { CloudEvent } from '../language/cloud-event'
import type { TopicName } from '../topics'
import { topicOf } from '../topics'
import type { Origin, ReceivedRecord, ReceivedEvent } from './chunk'
import { deadLetterOf, readChunk } from './chunk'
import { markNewEvents } from './inbox'
import { DeadLetterWriter } from './dead-letter-writer'

/**
 * Consumes valid events that were not consumed before, in the order of each case. Writes through `manager` happen exactly once,
 * however often a message is delivered; other side effects may be repeated. If it throws, the events are retried.
 */
export type Consume = (manager: EntityManager, events: readonly CloudEvent[]) => Promise<void>

/** To be thrown by a `Consume` function when a retry cannot help: the message becomes a dead letter. `reason` must not quote it. */
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
  /** Messages in one transaction at most. Default: 500. */
  readonly batch?: number
  /** Attempts before a message becomes a dead letter. Default: 3. */
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

/** The partition that a batch comes from, while it is assigned to this consumer. */
interface Assignment {
  readonly origin: Origin
  readonly heartbeat: () => Promise<void>
  readonly isActive: () => boolean
}

const RETRY_PAUSE_MS = 250

/** Consumes topics in batches, each message once. A message that cannot be consumed becomes a dead letter and stops nothing. */
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

  /** Starts at the committed offset of the group; a new group starts at the beginning of the topics. */
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

  /** Stops after the current batch. */
  async stop(): Promise<void> {
    await this.consumer.disconnect()
    await this.deadLetterWriter.close()
  }

  /** Messages that wait at the broker for this consumer, as of its last batch. */
  lag(): number {
    return [...this.lagByPartition.values()].reduce((sum, count) => sum + count, 0)
  }

  private async eachBatch({ batch, resolveOffset, heartbeat, isRunning, isStale }: EachBatchPayload): Promise<void> {
    const { name, batch: chunkSize = 500 } = this.parts
    const { topic, partition, messages } = batch
    const assignment: Assignment = {
      origin: { consumer: name, topic, partition },
      heartbeat,
      isActive: () => isRunning() && !isStale(),
    }
    for (let from = 0; from < messages.length && assignment.isActive(); from += chunkSize) {
      const chunk = messages.slice(from, from + chunkSize)
      if (!(await this.consumeChunk(chunk, assignment))) return
      failpoint('consume.committed')
      const lastRecord = chunk.at(-1) as ReceivedRecord
      resolveOffset(lastRecord.offset)
      this.lagByPartition.set(
        `${topic}/${partition}`,
        Math.max(0, Number(BigInt(batch.highWatermark) - BigInt(lastRecord.offset) - 1n)),
      )
      await heartbeat()
    }
  }

  /** Consumes all events in one transaction; if that fails, one by one, to find the one that fails. `false`: stopped meanwhile. */
  private async consumeChunk(records: readonly ReceivedRecord[], assignment: Assignment): Promise<boolean> {
    const { events, unreadable, unknown } = readChunk(assignment.origin, records)
    await this.writeDeadLetters(unreadable)
    this.counters.unknown += unknown
    for (;;) {
      const error = await this.tryConsume(events)
      if (error === undefined) return true
      if (await this.pingDatabase()) break
      if (!(await pauseBeforeRetry(assignment))) return false
    }
    for (const received of events) if (!(await this.consumeOne(received, assignment))) return false
    return true
  }

  private async consumeOne(received: ReceivedEvent, assignment: Assignment): Promise<boolean> {
    const { attempts = 3 } = this.parts
    for (let tryConsume = 1; ;) {
      const error = await this.tryConsume([received])
      if (error === undefined) return true
      const isDatabaseUp = await this.pingDatabase()
      // Failures while the database is unreachable do not count as attempts.
      if (error instanceof PoisonMessage || (isDatabaseUp && tryConsume >= attempts)) {
        await this.writeDeadLetters([
          deadLetterOf(assignment.origin, received.record, received.event.id, reasonOf(error)),
        ])
        return true
      }
      if (isDatabaseUp) tryConsume += 1
      if (!(await pauseBeforeRetry(assignment))) return false
    }
  }

  /** Returns the error, if any; then nothing was written. */
  private async tryConsume(received: readonly ReceivedEvent[]): Promise<unknown> {
    const { database, name, consume } = this.parts
    const events = received.map(({ event }) => event)
    try {
      const newCount = await database.transaction(async (manager) => {
        const newEvents = await markNewEvents(manager, name, events)
        if (newEvents.length > 0) await consume(manager, newEvents)
        failpoint('consume.worked')
        return newEvents.length
      })
      this.counters.consumed += newCount
      this.counters.duplicates += events.length - newCount
      return undefined
    } catch (error) {
      this.counters.failures += 1
      this.parts.onTrouble?.('messages are retried', error)
      return error ?? new Error('no reason')
    }
  }

  /** Dead letters are not marked as consumed, so that they count as new when they are resent. */
  private async writeDeadLetters(letters: readonly NewDeadLetter[]): Promise<void> {
    if (letters.length === 0) return
    const { kept, lost } = await this.deadLetterWriter.write(letters)
    this.counters.deadLettered += kept
    this.counters.lost += lost
  }

  private pingDatabase(): Promise<boolean> {
    return this.parts.database.query('SELECT 1').then(
      () => true,
      () => false,
    )
  }
}

/** Pauses, and keeps the assignment alive by a heartbeat. `false`: the assignment is over. */
async function pauseBeforeRetry({ heartbeat, isActive }: Assignment): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, RETRY_PAUSE_MS))
  await heartbeat()
  return isActive()
}

/** Only class and code of an error are reported, since its text may quote the message. */
function reasonOf(error: unknown): string {
  if (error instanceof PoisonMessage) return error.reason
  if (!(error instanceof Error)) return 'unknown error'
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? `${error.constructor.name} ${code}` : error.constructor.name
}
