import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { DataSource, EntityManager } from 'typeorm'
import { Bells } from '#event-store'
import type { Brokers, CloudEvent } from '#messaging'
import { EventConsumer, Publisher, fromRecord, validateIncoming } from '#messaging'
import type { Figure } from '../figure'
import { interleaved } from '../rounds'
import type { Scale } from '../scale'
import type { BenchServer } from '../server'
import type { BenchKafka } from './told'
import { openTold, untold, withKafka } from './told'

const LOOK_EVERY_MS = 5
const WARM_UP = 3_000
/** Messages in one transaction, on both sides. */
const TOGETHER = 500

// What a consumer's work mostly is: the newest of each case in a table.
const VIEW =
  'CREATE TABLE IF NOT EXISTS bench_view (run text, stream text, version int, turn text, PRIMARY KEY (run, stream))'
const KEEP = `
  INSERT INTO bench_view SELECT DISTINCT ON (stream) $1, stream, version, turn
  FROM unnest($2::text[], $3::int[], $4::text[]) AS e(stream, version, turn) ORDER BY stream, version DESC
  ON CONFLICT (run, stream) DO UPDATE SET version = excluded.version, turn = excluded.turn WHERE bench_view.version < excluded.version`

/**
 * A consumer that keeps a view of every case in PostgreSQL, with the ids of what it has taken in the same transaction;
 * against one with the same client, work, batches and transactions that keeps no ids.
 */
export async function deduplication(server: BenchServer, scale: Scale): Promise<Figure[]> {
  return withKafka(async (kafka) => {
    const told = await untold(server, scale.messages, 5)
    const database = await openTold(told.url, 6)
    await database.query(VIEW)
    const events = await tell(database, told.url, kafka)
    await consuming(database, kafka, Math.min(events, WARM_UP), true)
    await consuming(database, kafka, Math.min(events, WARM_UP), false)
    const pair = await interleaved(
      scale.rounds,
      () => consuming(database, kafka, events, true),
      () => consuming(database, kafka, events, false),
    )
    await database.destroy()
    await told.drop()
    return [
      {
        figure: 'de-duplication',
        value: pair.ours,
        unit: 'events/s',
        against: 'the same consumer without',
        peer: pair.theirs,
        ratio: pair.ratio,
        atLeast: 0.7,
        remarks: [pair.remark, `${events} events, ${TOGETHER} in a transaction that keeps a view of each case`],
      },
    ]
  })
}

async function tell(database: DataSource, url: string, kafka: BenchKafka): Promise<number> {
  const [row] = await database.query<{ n: number }[]>('SELECT count(*)::int AS n FROM outgoing')
  const events = row?.n ?? 0
  const bells = new Bells(url)
  await bells.start()
  const publisher = new Publisher({ database, brokers: kafka.brokersOf(), bells, holder: randomUUID() })
  const stopping = new AbortController()
  const running = publisher.publish(stopping.signal)
  running.catch(() => undefined)
  for (; publisher.counters.events < events; await pause(LOOK_EVERY_MS))
    if (publisher.counters.failures > 0) await running
  stopping.abort()
  await running
  await bells.stop()
  return events
}

const workOf =
  (run: string) =>
  async (manager: EntityManager, events: readonly CloudEvent[]): Promise<void> => {
    const data = events.map((event) => event.data as { version: number; turn: string })
    await manager.query(KEEP, [
      run,
      events.map(({ subject }) => subject),
      data.map(({ version }) => version),
      data.map(({ turn }) => turn),
    ])
  }

/** From the first event that is taken to the last, events a second: how long a group takes to form is none of this. */
async function consuming(
  database: DataSource,
  kafka: BenchKafka,
  events: number,
  remembering: boolean,
): Promise<number> {
  const run = `view-${randomUUID().slice(0, 8)}`
  let taken = 0
  let began = 0
  let ended = 0
  const keep = workOf(run)
  const take = async (manager: EntityManager, some: readonly CloudEvent[]): Promise<void> => {
    began ||= performance.now()
    await keep(manager, some)
    taken += some.length
    ended = performance.now()
  }
  const ends = remembering ? await withInbox(database, kafka, run, take) : await without(database, kafka, run, take)
  while (taken < events) await pause(LOOK_EVERY_MS)
  await ends()
  return (taken * 1_000) / (ended - began)
}

type Take = (manager: EntityManager, events: readonly CloudEvent[]) => Promise<void>

async function withInbox(
  database: DataSource,
  kafka: BenchKafka,
  name: string,
  take: Take,
): Promise<() => Promise<void>> {
  const consumer = new EventConsumer({
    database,
    brokers: kafka.brokersOf(),
    name,
    topics: ['case-events'],
    batch: TOGETHER,
    consume: take,
  })
  await consumer.start()
  return () => consumer.stop()
}

/** The same in everything but the inbox: a group of the same client, the same reading and judging, the same transactions. */
async function without(
  database: DataSource,
  kafka: BenchKafka,
  name: string,
  take: Take,
): Promise<() => Promise<void>> {
  const brokers: Brokers = kafka.brokersOf()
  const consumer = brokers.consumer(name)
  await consumer.connect()
  await consumer.subscribe({ topic: `${kafka.prefix}case-events`, fromBeginning: true })
  await consumer.run({
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: 2,
    async eachBatch({ batch: { messages }, resolveOffset, heartbeat, isRunning, isStale }) {
      for (let from = 0; from < messages.length && isRunning() && !isStale(); from += TOGETHER) {
        const some = messages.slice(from, from + TOGETHER)
        const events = some.map((message) => fromRecord(message))
        for (const { type, data } of events)
          if (validateIncoming(type, data) !== undefined) throw new Error(`${type} is not valid`)
        await database.transaction((manager) => take(manager, events))
        resolveOffset(some.at(-1)?.offset ?? '')
        await heartbeat()
      }
    },
  })
  return () => consumer.disconnect()
}
