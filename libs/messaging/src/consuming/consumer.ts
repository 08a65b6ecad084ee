import type { Consumer, EachBatchPayload } from 'kafkajs'
import type { DataSource, EntityManager } from 'typeorm'
import { failpoint } from '#event-store'
import type { Brokers } from '../connection'
import type { NewDeadLetter } from '../dead-letters'
import type { CloudEvent } from '../language/cloud-event'
import type { TopicName } from '../topics'
import { topicOf } from '../topics'
import type { Origin, RawRecord, ReadEvent } from './chunk'
import { letterOf, readChunk } from './chunk'
import { notYetConsumed } from './inbox'
import { DeadLetterWriter } from './dead-letter-writer'

/**
 * The work: events that were not taken before, valid by their schemas, in order within each case. What is written through
 * `manager` is written once, however often a message comes; what is done elsewhere is not. Throwing gives the messages back.
 */
export type Consume = (manager: EntityManager, events: readonly CloudEvent[]) => Promise<void>

/** Thrown by the work: this message is nobody's to take, however often it is tried. The reason quotes nothing of it. */
export class PoisonMessage extends Error {
  constructor(readonly reason: string) {
    super(reason)
  }
}

export interface ConsumerParts {
  readonly database: DataSource
  readonly brokers: Brokers
  /** Those of one name share the work; it is also the name of the inbox. */
  readonly name: string
  readonly topics: readonly TopicName[]
  readonly consume: Consume
  /** Messages in one transaction. */
  readonly batch?: number
  /** How often one message is tried before it is put aside. */
  readonly attempts?: number
  readonly onTrouble?: (what: string, error: unknown) => void
}

/** What one consumer has done since it started. */
export interface ConsumerCounters {
  consumed: number
  /** Came, and had been taken before. */
  duplicates: number
  deadLettered: number
  /** Could not be taken, and could not be kept as dead letters either; passed over. */
  lost: number
  /** Of kinds that this version does not know; passed over. */
  unknown: number
  failures: number
}

interface Assignment {
  readonly origin: Origin
  readonly heartbeat: () => Promise<void>
  readonly isActive: () => boolean
}

const PAUSE_MS = 250

/** Reads topics for one purpose: in batches, each message once, never stopped by one that cannot be taken. */
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

  /** From the beginning, or from where those of this name have come. */
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

  /** What is under way is finished first. */
  async stop(): Promise<void> {
    await this.consumer.disconnect()
    await this.deadLetterWriter.close()
  }

  /** Messages that wait at the broker for this consumer, as far as it knows. */
  lag(): number {
    return [...this.lagByPartition.values()].reduce((sum, count) => sum + count, 0)
  }

  private async eachBatch({ batch, resolveOffset, heartbeat, isRunning, isStale }: EachBatchPayload): Promise<void> {
    const { name, batch: size = 500 } = this.parts
    const { topic, partition, messages } = batch
    const turn: Assignment = {
      origin: { consumer: name, topic, partition },
      heartbeat,
      isActive: () => isRunning() && !isStale(),
    }
    for (let from = 0; from < messages.length && turn.isActive(); from += size) {
      const chunk = messages.slice(from, from + size)
      if (!(await this.consumeChunk(chunk, turn))) return
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

  /** All at once; where that fails one by one, so that a message that nobody can take stands alone. `false`: stopped meanwhile. */
  private async consumeChunk(raws: readonly RawRecord[], turn: Assignment): Promise<boolean> {
    const { events, unreadable, unknown } = readChunk(turn.origin, raws)
    await this.deadLetter(unreadable)
    this.counters.unknown += unknown
    for (;;) {
      const error = await this.attempt(events)
      if (error === undefined) return true
      if (await this.databaseAnswers()) break
      if (!(await pauseBeforeRetry(turn))) return false
    }
    for (const read of events) if (!(await this.consumeOne(read, turn))) return false
    return true
  }

  private async consumeOne(read: ReadEvent, turn: Assignment): Promise<boolean> {
    const { attempts = 3 } = this.parts
    for (let attempt = 1; ;) {
      const error = await this.attempt([read])
      if (error === undefined) return true
      const answers = await this.databaseAnswers()
      // While the database is away it is nobody's fault, and nobody's attempt.
      if (error instanceof PoisonMessage || (answers && attempt >= attempts)) {
        await this.deadLetter([letterOf(turn.origin, read.raw, read.event.id, reasonOf(error))])
        return true
      }
      if (answers) attempt += 1
      if (!(await pauseBeforeRetry(turn))) return false
    }
  }

  /** The error, if there was one; then nothing was done. */
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
      this.parts.onTrouble?.('messages were given back', error)
      return error ?? new Error('no reason')
    }
  }

  /** Told to whoever watches the topic, then kept. It is not remembered as taken: sent again, it is news. */
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

/** A moment; the broker is told meanwhile that we are still there. `false`: it is over. */
async function pauseBeforeRetry({ heartbeat, isActive }: Assignment): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  await heartbeat()
  return isActive()
}

/** Its class and code; its text may quote what came in. */
function reasonOf(error: unknown): string {
  if (error instanceof PoisonMessage) return error.reason
  if (!(error instanceof Error)) return 'unknown error'
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? `${error.constructor.name} ${code}` : error.constructor.name
}
