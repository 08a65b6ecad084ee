import type { Message, Producer } from 'kafkajs'
import type { DataSource } from 'typeorm'
import type { Bells, FeedRow, Position } from '#event-store'
import { failpoint, leases } from '#event-store'
import type { Brokers } from '../connection'
import { PUBLISHER, bury, sendWanted } from '../dead-letters'
import type { TopicName } from '../topics'
import { topicOf } from '../topics'
import type { Consignment, KeptCase, Piece } from './outgoing-batch'
import { consignmentOf } from './outgoing-batch'
import type { Share } from './cursor'
import { WHOLE, move, nameOf, readShare, takeOver, waitingFor } from './cursor'

/** What one publisher has done since it started. Times are UTC ms by its own clock. */
export interface PublisherCounters {
  events: number
  snapshots: number
  batches: number
  bytes: number
  /** What did not go out as it was: see the dead letters. */
  refused: number
  /** Attempts that ended by an error, of the broker or the database. */
  failures: number
  /** When the broker last acknowledged something. */
  acknowledgedAt: number | undefined
}

/** What is told in one batch, followed from the messages that it came from. */
export interface Followed {
  /** By the ids of events, for those that came from a message. */
  readonly traceparents: ReadonlyMap<string, string>
  end(told: boolean): void
}

export interface PublisherParts {
  readonly database: DataSource
  readonly brokers: Brokers
  readonly bells: Bells
  /** Unique for each process. */
  readonly holder: string
  readonly share?: Share
  /** Rows in one turn. */
  readonly batch?: number
  readonly leaseMs?: number
  /** Absent: nobody follows events, and nothing is asked for it. Never rejects. */
  readonly follow?: ((rows: readonly FeedRow[]) => Promise<Followed>) | undefined
}

interface Batch {
  readonly last: Position | undefined
  readonly consignment: Consignment
  readonly followed?: Followed | undefined
}

const IDLE_MS = 100
const SEND_AGAIN_EVERY_MS = 1_000

/**
 * Tells others what the outgoing feed holds: in the order of commits, at least once, with ids that stay the same. The cursor
 * moves after the broker's acknowledgement. One batch is on its way and one is being read, never more: while the broker is
 * slow or away everything waits in the feed, where it is safe.
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
  private topicsMade = false

  constructor(private readonly parts: PublisherParts) {
    this.share = parts.share ?? WHOLE
    this.lease = {
      name: `publish/${nameOf(this.share)}`,
      holder: `${parts.holder}/publish`,
      ms: parts.leaseMs ?? 5_000,
    }
  }

  /**
   * Publishes until stopped, if nobody else does; `false`: somebody else does. @throws whatever broker or database throw;
   * called again, it goes on where it was.
   */
  async publish(signal: AbortSignal): Promise<boolean> {
    try {
      return await leases.whileHeld(this.parts.database, this.lease, signal, (held) => this.whileOurs(held))
    } catch (error) {
      this.counters.failures += 1
      throw error
    }
  }

  /** How long the oldest event that nobody was told yet has been waiting, ms. */
  async lag(): Promise<number> {
    const [row] = await this.parts.database.query<Position[]>(
      'SELECT tx::text AS tx, position FROM publication WHERE name = $1',
      [nameOf(this.share)],
    )
    return waitingFor(this.parts.database, row ?? { tx: '0', position: 0 }, this.share)
  }

  private async whileOurs(held: AbortSignal): Promise<void> {
    const { database, brokers } = this.parts
    if (!this.topicsMade) await brokers.makeTopics()
    this.topicsMade = true
    const producer = await brokers.producer()
    try {
      const lease = await leases.hold(database, this.lease.name, this.lease.holder, this.lease.ms)
      if (lease !== undefined) await this.tellAll(producer, lease.token, held)
    } finally {
      await producer.disconnect()
    }
  }

  private async tellAll(producer: Producer, token: number, held: AbortSignal): Promise<void> {
    const { database, bells } = this.parts
    let at = await takeOver(database, this.share, token)
    let ahead = this.prepare(at)
    let moved: Promise<void> = Promise.resolve()
    let sentAgain = -Infinity
    try {
      while (!held.aborted) {
        if (this.share.index === 0 && performance.now() - sentAgain > SEND_AGAIN_EVERY_MS) {
          await sendWanted(database, producer)
          sentAgain = performance.now()
        }
        const batch = await ahead
        const { last } = batch
        if (last === undefined) {
          await moved
          await bells.wait('shouhou_outgoing', IDLE_MS, held)
        } else at = last
        ahead = unasked(this.prepare(at))
        if (last === undefined) continue
        if (!(await this.tellFollowed(producer, batch, held))) break
        await moved
        // Beside the next batch: one that is told twice does less harm than one that waits for a disk.
        moved = unasked(move(database, this.share, token, last).then(() => failpoint('publish.moved')))
      }
      await moved
    } finally {
      await Promise.allSettled([ahead, moved])
    }
  }

  /** The next batch, ready to be sent. Cases are read after their events, so that none is behind them. */
  private async prepare(after: Position): Promise<Batch> {
    const { database, follow, batch = 2_000 } = this.parts
    const rows = await readShare(database, after, this.share, batch)
    if (rows.length === 0) return { last: undefined, consignment: { parcels: [], refused: [] } }
    const cases = await database.query<KeptCase[]>('SELECT id, org, state FROM stream WHERE id = ANY($1::uuid[])', [
      [...new Set(rows.map(({ stream }) => stream))],
    ])
    const followed = await follow?.(rows)
    return { last: rows.at(-1), consignment: consignmentOf(rows, cases, followed?.traceparents), followed }
  }

  private async tellFollowed(
    producer: Producer,
    { consignment, followed }: Batch,
    held: AbortSignal,
  ): Promise<boolean> {
    let told = false
    try {
      told = await this.tell(producer, consignment, held)
      return told
    } finally {
      followed?.end(told)
    }
  }

  /** Answers `false` where the lease ended on the way: what was sent is sent again by somebody else, with the same ids. */
  private async tell(producer: Producer, consignment: Consignment, held: AbortSignal): Promise<boolean> {
    await this.keepRefused(consignment)
    failpoint('publish.unsent')
    for (const parcel of consignment.parcels) {
      if (held.aborted) return false
      await this.send(producer, parcel)
      failpoint('publish.half-acknowledged')
    }
    this.counters.batches += 1
    failpoint('publish.acknowledged')
    return !held.aborted
  }

  private async send(producer: Producer, parcel: readonly Piece[]): Promise<void> {
    const byTopic = new Map<TopicName, Message[]>()
    for (const { topic, key, value, headers } of parcel) {
      let messages = byTopic.get(topic)
      if (messages === undefined) byTopic.set(topic, (messages = []))
      // The client only reads them.
      messages.push({ key, value, headers: headers as Record<string, string> })
    }
    const { prefix } = this.parts.brokers
    await producer.sendBatch({
      acks: -1,
      topicMessages: [...byTopic].map(([topic, messages]) => ({ topic: topicOf(topic, prefix), messages })),
    })
    this.counters.events += byTopic.get('case-events')?.length ?? 0
    this.counters.snapshots += byTopic.get('case-snapshots')?.length ?? 0
    this.counters.bytes += parcel.reduce((sum, { value }) => sum + value.length, 0)
    this.counters.acknowledgedAt = Date.now()
  }

  private async keepRefused({ refused }: Consignment): Promise<void> {
    if (refused.length === 0) return
    await bury(
      this.parts.database,
      refused.map(({ event, piece: { topic, key, headers, value }, reason }) => ({
        ...{
          consumer: PUBLISHER,
          eventId: event.id,
          topic: topicOf(topic, this.parts.brokers.prefix),
          key,
          headers,
          value,
          reason,
        },
      })),
    )
    this.counters.refused += refused.length
  }
}

/** Somebody asks for it later; should it fail before, that is no unhandled failure. */
function unasked<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  return promise
}
