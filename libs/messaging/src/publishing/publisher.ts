import type { Message, Producer } from 'kafkajs'
import type { DataSource } from 'typeorm'
import type { WakeUps, FeedRow, FeedPosition } from '#event-store'
import { failpoint, acquireLease, runWhileLeased, withTenants } from '#event-store'
import type { Brokers } from '../brokers'
import { PUBLISHER, saveDeadLetters, resendRequested } from '../dead-letters'
import type { TopicName } from '../topics'
import { topicOf } from '../topics'
import type { OutgoingBatch, CaseState, OutgoingRecord } from './outgoing-batch'
import { outgoingBatchOf } from './outgoing-batch'
import type { Share } from './cursor'
import { ALL_CASES, advanceCursor, shareName, readShare, takeOverCursor, oldestWaitMs } from './cursor'

/** What one publisher has done since it started. Times are UTC ms by its own clock. */
export interface PublisherCounters {
  events: number
  snapshots: number
  batches: number
  bytes: number
  /** Events that must not be published; kept as dead letters. */
  refused: number
  /** Attempts that ended by an error, of the broker or the database. */
  failures: number
  /** When the broker last acknowledged something. */
  acknowledgedAt: number | undefined
}

/** The trace of one batch, continued from the messages that its events came from. */
export interface BatchTrace {
  /** By event id, for events that came from a message. */
  readonly traceparents: ReadonlyMap<string, string>
  end(published: boolean): void
}

export interface PublisherParts {
  readonly database: DataSource
  readonly brokers: Brokers
  readonly wakeUps: WakeUps
  /** The holder of the lease: unique for each process. */
  readonly holder: string
  /** Default: all cases. */
  readonly share?: Share
  /** Rows in one batch at most. Default: 2,000. */
  readonly batch?: number
  /** Default: 5,000. */
  readonly leaseMs?: number
  /** Absent: events are not traced. Never rejects. */
  readonly trace?: ((rows: readonly FeedRow[]) => Promise<BatchTrace>) | undefined
}

/** `lastPosition`: of its last row; `undefined`: there was no row to publish. */
interface Batch {
  readonly lastPosition: FeedPosition | undefined
  readonly outgoing: OutgoingBatch
  readonly trace?: BatchTrace | undefined
}

/** How long to wait for a notification before the feed is read again: notifications may be lost. */
const IDLE_WAIT_MS = 100
/** How often requested resends are looked up. */
const RESEND_EVERY_MS = 1_000

/**
 * Publishes the outgoing feed: in commit order, at least once, with stable ids. The cursor moves after the broker's
 * acknowledgement. At most one batch is in flight and one is being read: while the broker is slow or unreachable, events
 * wait in the feed, where they are durable.
 */
export class Publisher {
  readonly counters: PublisherCounters = {
    events: 0,
    snapshots: 0,
    batches: 0,
    bytes: 0,
    refused: 0,
    failures: 0,
    acknowledgedAt: undefined,
  }
  private readonly share: Share
  private readonly lease: { readonly name: string; readonly holder: string; readonly ms: number }
  private topicsCreated = false

  constructor(private readonly parts: PublisherParts) {
    this.share = parts.share ?? ALL_CASES
    this.lease = {
      name: `publish/${shareName(this.share)}`,
      holder: `${parts.holder}/publish`,
      ms: parts.leaseMs ?? 5_000,
    }
  }

  /**
   * Publishes until it is stopped or loses its lease; `false`: another publisher holds the lease.
   * @throws any error of broker or database; the next call continues from the cursor
   */
  async publish(signal: AbortSignal): Promise<boolean> {
    try {
      return await runWhileLeased(this.parts.database, this.lease, signal, (leaseSignal) =>
        this.publishWhileLeased(leaseSignal),
      )
    } catch (error) {
      this.counters.failures += 1
      throw error
    }
  }

  /** How long the oldest unpublished event has been waiting, ms. */
  async lag(): Promise<number> {
    const [row] = await this.parts.database.query<FeedPosition[]>(
      'SELECT tx::text AS tx, position FROM publication WHERE name = $1',
      [shareName(this.share)],
    )
    return oldestWaitMs(this.parts.database, row ?? { tx: '0', position: 0 }, this.share)
  }

  /** Connects, and publishes with the fencing token of the lease, which acquiring it a second time returns. */
  private async publishWhileLeased(leaseSignal: AbortSignal): Promise<void> {
    const { database, brokers } = this.parts
    if (!this.topicsCreated) await brokers.createTopics()
    this.topicsCreated = true
    const producer = await brokers.producer()
    try {
      const lease = await acquireLease(database, this.lease.name, this.lease.holder, this.lease.ms)
      if (lease !== undefined) await this.publishFrom(producer, lease.token, leaseSignal)
    } finally {
      await producer.disconnect()
    }
  }

  private async publishFrom(producer: Producer, token: number, leaseSignal: AbortSignal): Promise<void> {
    const { database, wakeUps } = this.parts
    let position = await takeOverCursor(database, this.share, token)
    let nextBatch = this.prepareBatch(position)
    let cursorMoved: Promise<void> = Promise.resolve()
    let resentAt = -Infinity
    try {
      while (!leaseSignal.aborted) {
        if (this.share.index === 0 && performance.now() - resentAt > RESEND_EVERY_MS) {
          await resendRequested(database, producer)
          resentAt = performance.now()
        }
        const batch = await nextBatch
        const { lastPosition } = batch
        if (lastPosition === undefined) {
          await cursorMoved
          await wakeUps.wait('shouhou_outgoing', IDLE_WAIT_MS, leaseSignal)
        } else position = lastPosition
        nextBatch = withoutUnhandledRejection(this.prepareBatch(position))
        if (lastPosition === undefined) continue
        if (!(await this.sendTraced(producer, batch, leaseSignal))) break
        await cursorMoved
        // In parallel with the next batch: publishing a batch twice after a crash costs less than waiting for each commit.
        cursorMoved = withoutUnhandledRejection(
          advanceCursor(database, this.share, token, lastPosition).then(() => failpoint('publish.moved')),
        )
      }
      await cursorMoved
    } finally {
      await Promise.allSettled([nextBatch, cursorMoved])
    }
  }

  /** Reads the next batch and makes it ready to be sent. Cases are read after their events, so no snapshot is older than they are. */
  private async prepareBatch(after: FeedPosition): Promise<Batch> {
    const { database, trace: startTrace, batch = 2_000 } = this.parts
    const rows = await readShare(database, after, this.share, batch)
    if (rows.length === 0) return { lastPosition: undefined, outgoing: { requests: [], rejected: [] } }
    const organisations = rows.map(({ org }) => org)
    return withTenants(organisations, async () => {
      const cases = await database.query<CaseState[]>('SELECT id, org, state FROM stream WHERE id = ANY($1::uuid[])', [
        [...new Set(rows.map(({ stream }) => stream))],
      ])
      const trace = await startTrace?.(rows)
      return { lastPosition: rows.at(-1), outgoing: outgoingBatchOf(rows, cases, trace?.traceparents), trace }
    })
  }

  private async sendTraced(producer: Producer, { outgoing, trace }: Batch, leaseSignal: AbortSignal): Promise<boolean> {
    let published = false
    try {
      published = await this.sendBatch(producer, outgoing, leaseSignal)
      return published
    } finally {
      trace?.end(published)
    }
  }

  /** `false`: the lease was lost meanwhile. Its next holder sends the batch again, with the same ids. */
  private async sendBatch(producer: Producer, outgoing: OutgoingBatch, leaseSignal: AbortSignal): Promise<boolean> {
    await this.saveRejected(outgoing)
    failpoint('publish.unsent')
    for (const records of outgoing.requests) {
      if (leaseSignal.aborted) return false
      await this.send(producer, records)
      failpoint('publish.half-acknowledged')
    }
    this.counters.batches += 1
    failpoint('publish.acknowledged')
    return !leaseSignal.aborted
  }

  private async send(producer: Producer, records: readonly OutgoingRecord[]): Promise<void> {
    const byTopic = new Map<TopicName, Message[]>()
    for (const { topic, key, value, headers } of records) {
      let messages = byTopic.get(topic)
      if (messages === undefined) byTopic.set(topic, (messages = []))
      // A cast, not a copy: the client does not change the headers.
      messages.push({ key, value, headers: headers as Record<string, string> })
    }
    const { prefix } = this.parts.brokers
    await producer.sendBatch({
      acks: -1,
      topicMessages: [...byTopic].map(([topic, messages]) => ({ topic: topicOf(topic, prefix), messages })),
    })
    this.counters.events += byTopic.get('case-events')?.length ?? 0
    this.counters.snapshots += byTopic.get('case-snapshots')?.length ?? 0
    this.counters.bytes += records.reduce((sum, { value }) => sum + value.length, 0)
    this.counters.acknowledgedAt = Date.now()
  }

  private async saveRejected({ rejected }: OutgoingBatch): Promise<void> {
    if (rejected.length === 0) return
    await saveDeadLetters(
      this.parts.database,
      rejected.map(({ event, record: { topic, key, headers, value }, reason }) => ({
        consumer: PUBLISHER,
        eventId: event.id,
        topic: topicOf(topic, this.parts.brokers.prefix),
        key,
        headers,
        value,
        reason,
      })),
    )
    this.counters.refused += rejected.length
  }
}

/** For a promise that is awaited later: if it fails before that, Node must not report an unhandled rejection. */
function withoutUnhandledRejection<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  return promise
}
