import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { DataSource, EntityManager } from 'typeorm'
import { WakeUps } from '#event-store'
import type { Brokers, CloudEvent } from '#messaging'
import { EventConsumer, Publisher, fromRecord, validateIncoming } from '#messaging'
import type { Figure } from '../figure'
import { compareInterleaved } from '../rounds'
import type { Scale } from '../scale'
import type { BenchServer } from '../server'
import type { BenchKafka } from './bench-kafka'
import { openPublishingDatabase, createUnpublishedDatabase, withKafka } from './bench-kafka'

const POLL_MS = 5
const WARM_UP = 3_000
/** Messages per transaction, on both sides. */
const BATCH_SIZE = 500

// Typical work of a consumer: the newest state of each case in a table.
const CREATE_VIEW_TABLE =
  'CREATE TABLE IF NOT EXISTS bench_view (run text, stream text, version int, turn text, PRIMARY KEY (run, stream))'
const UPSERT_VIEW = `
  INSERT INTO bench_view SELECT DISTINCT ON (stream) $1, stream, version, turn
  FROM unnest($2::text[], $3::int[], $4::text[]) AS e(stream, version, turn) ORDER BY stream, version DESC
  ON CONFLICT (run, stream) DO UPDATE SET version = excluded.version, turn = excluded.turn WHERE bench_view.version < excluded.version`

/**
 * A consumer that keeps a view of every case in PostgreSQL and stores the ids of consumed events in the same transaction,
 * compared with one of the same client, work, batches and transactions that stores no ids.
 */
export async function deduplication(server: BenchServer, scale: Scale): Promise<Figure[]> {
  return withKafka(async (kafka) => {
    const source = await createUnpublishedDatabase(server, scale.messages, 5)
    const database = await openPublishingDatabase(source.url, 6)
    await database.query(CREATE_VIEW_TABLE)
    const events = await publishAll(database, source.url, kafka)
    await measureConsumption(database, kafka, Math.min(events, WARM_UP), true)
    await measureConsumption(database, kafka, Math.min(events, WARM_UP), false)
    const pair = await compareInterleaved(
      scale.rounds,
      () => measureConsumption(database, kafka, events, true),
      () => measureConsumption(database, kafka, events, false),
    )
    await database.destroy()
    await source.drop()
    return [
      {
        figure: 'de-duplication',
        value: pair.ours,
        unit: 'events/s',
        against: 'the same consumer without',
        peer: pair.theirs,
        ratio: pair.ratio,
        atLeast: 0.7,
        remarks: [pair.remark, `${events} events, ${BATCH_SIZE} in a transaction that keeps a view of each case`],
      },
    ]
  })
}

async function publishAll(database: DataSource, url: string, kafka: BenchKafka): Promise<number> {
  const [row] = await database.query<{ n: number }[]>('SELECT count(*)::int AS n FROM outgoing')
  const events = row?.n ?? 0
  const wakeUps = new WakeUps(url)
  await wakeUps.start()
  const publisher = new Publisher({ database, brokers: kafka.brokersOf(), wakeUps, holder: randomUUID() })
  const stopping = new AbortController()
  const running = publisher.publish(stopping.signal)
  running.catch(() => undefined)
  for (; publisher.counters.events < events; await pause(POLL_MS)) if (publisher.counters.failures > 0) await running
  stopping.abort()
  await running
  await wakeUps.stop()
  return events
}

const viewUpdater =
  (run: string) =>
  async (manager: EntityManager, events: readonly CloudEvent[]): Promise<void> => {
    const data = events.map((event) => event.data as { version: number; turn: string })
    await manager.query(UPSERT_VIEW, [
      run,
      events.map(({ subject }) => subject),
      data.map(({ version }) => version),
      data.map(({ turn }) => turn),
    ])
  }

/** Events per second from the first consumed event to the last; the time that the consumer group needs to form does not count. */
async function measureConsumption(
  database: DataSource,
  kafka: BenchKafka,
  events: number,
  withIds: boolean,
): Promise<number> {
  const run = `view-${randomUUID().slice(0, 8)}`
  let consumed = 0
  let beganAt = 0
  let endedAt = 0
  const updateView = viewUpdater(run)
  const consume = async (manager: EntityManager, batch: readonly CloudEvent[]): Promise<void> => {
    beganAt ||= performance.now()
    await updateView(manager, batch)
    consumed += batch.length
    endedAt = performance.now()
  }
  const stop = withIds
    ? await startWithInbox(database, kafka, run, consume)
    : await startWithoutInbox(database, kafka, run, consume)
  while (consumed < events) await pause(POLL_MS)
  await stop()
  return (consumed * 1_000) / (endedAt - beganAt)
}

type Consume = (manager: EntityManager, events: readonly CloudEvent[]) => Promise<void>

async function startWithInbox(
  database: DataSource,
  kafka: BenchKafka,
  name: string,
  consume: Consume,
): Promise<() => Promise<void>> {
  const consumer = new EventConsumer({
    database,
    brokers: kafka.brokersOf(),
    name,
    topics: ['case-events'],
    batch: BATCH_SIZE,
    consume,
  })
  await consumer.start()
  return () => consumer.stop()
}

/** Equal except for the inbox of ids: the same client and group, parsing, validation and transactions. */
async function startWithoutInbox(
  database: DataSource,
  kafka: BenchKafka,
  name: string,
  consume: Consume,
): Promise<() => Promise<void>> {
  const brokers: Brokers = kafka.brokersOf()
  const consumer = brokers.consumer(name)
  await consumer.connect()
  await consumer.subscribe({ topic: `${kafka.prefix}case-events`, fromBeginning: true })
  await consumer.run({
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: 2,
    async eachBatch({ batch: { messages }, resolveOffset, heartbeat, isRunning, isStale }) {
      for (let from = 0; from < messages.length && isRunning() && !isStale(); from += BATCH_SIZE) {
        const batch = messages.slice(from, from + BATCH_SIZE)
        const events = batch.map((message) => fromRecord(message))
        for (const { type, data } of events)
          if (validateIncoming(type, data) !== undefined) throw new Error(`${type} is not valid`)
        await database.transaction((manager) => consume(manager, events))
        resolveOffset(batch.at(-1)?.offset ?? '')
        await heartbeat()
      }
    },
  })
  return () => consumer.disconnect()
}
