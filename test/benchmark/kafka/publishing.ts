import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Producer } from 'kafkajs'
import { Kafka, logLevel } from 'kafkajs'
import type { DataSource } from 'typeorm'
import { WakeUps } from '#event-store'
import type { PublisherCounters } from '#messaging'
import { Publisher } from '#messaging'
import { readTopic } from '../../kafka/read-topic'
import type { TopicMessage } from '../../kafka/read-topic'
import type { Figure } from '../figure'
import { compareInterleaved, measureMs } from '../rounds'
import type { Scale } from '../scale'
import type { BenchDatabase, BenchServer } from '../server'
import type { BenchKafka } from './bench-kafka'
import { openPublishingDatabase, createUnpublishedDatabase, withKafka } from './bench-kafka'

const WARM_UP = 3_000
const POLL_MS = 2
/** Messages per request of the bare client: about as many as the publisher sends per request. */
const REQUEST_SIZE = 1_300

interface Fixture {
  readonly url: string
  readonly database: DataSource
  readonly kafka: BenchKafka
  readonly events: number
}

/**
 * From the outgoing feed to the broker's acknowledgement: read, mapped to public events, validated against the schemas, sent, and the
 * cursor moved; compared with the bare client sending the same messages to the same topics in the same order, from memory.
 */
export async function publishing(server: BenchServer, scale: Scale): Promise<Figure[]> {
  return withKafka(async (kafka) => {
    const [small, large] = [
      await createUnpublishedDatabase(server, WARM_UP, 98),
      await createUnpublishedDatabase(server, scale.messages, 4),
    ]
    await withFixture(small, kafka, async (warm) => {
      for (let i = 0; i < 3; i++) await measureClient(warm, await readPublishedMessages(warm))
    })
    const pair = await withFixture(large, kafka, async (fixture) => {
      const messages = await readPublishedMessages(fixture)
      const processor = { ours: [] as number[], theirs: [] as number[] }
      const rounds = await compareInterleaved(
        scale.rounds,
        () => withCpuTime(processor.ours, async () => (await publishAll(fixture)).rate),
        () => withCpuTime(processor.theirs, () => measureClient(fixture, messages)),
      )
      return { ...rounds, messages: messages.length, processor }
    })
    await Promise.all([small.drop(), large.drop()])
    const formatRange = (times: readonly number[]): string =>
      `${Math.round(Math.min(...times))}–${Math.round(Math.max(...times))} ms`
    return [
      {
        figure: 'publishing',
        value: pair.ours,
        unit: 'messages/s',
        against: 'kafkajs alone, from memory',
        peer: pair.theirs,
        ratio: pair.ratio,
        atLeast: 0.6,
        remarks: [
          pair.remark,
          `${pair.messages} messages of both topics; processor time of this process: ours ${formatRange(pair.processor.ours)}, theirs ${formatRange(pair.processor.theirs)}`,
        ],
      },
    ]
  })
}

async function withFixture<T>(
  prepared: BenchDatabase,
  kafka: BenchKafka,
  work: (fixture: Fixture) => Promise<T>,
): Promise<T> {
  const database = await openPublishingDatabase(prepared.url)
  try {
    const [row] = await database.query<{ n: number }[]>('SELECT count(*)::int AS n FROM outgoing')
    await kafka.brokersOf().createTopics()
    return await work({ url: prepared.url, database, kafka, events: row?.n ?? 0 })
  } finally {
    await database.destroy()
  }
}

async function withCpuTime(measurements: number[], work: () => Promise<number>): Promise<number> {
  const before = process.cpuUsage()
  const result = await work()
  const { user, system } = process.cpuUsage(before)
  measurements.push((user + system) / 1_000)
  return result
}

/** Publishes the whole feed from the beginning; returns messages per second. */
async function publishAll(
  { database, kafka, url, events }: Fixture,
  prefix = '',
): Promise<{ rate: number; counters: PublisherCounters }> {
  await database.query('TRUNCATE publication')
  const wakeUps = new WakeUps(url)
  await wakeUps.start()
  const publisher = new Publisher({ database, brokers: kafka.brokersOf(prefix), wakeUps, holder: randomUUID() })
  const stopping = new AbortController()
  const { counters } = publisher
  const ms = await measureMs(async () => {
    const running = publisher.publish(stopping.signal)
    running.catch(() => undefined)
    for (; counters.events + counters.refused < events; await pause(POLL_MS)) if (counters.failures > 0) await running
    while ((await publisher.lag()) > 0) await pause(POLL_MS)
    stopping.abort()
    await running
  })
  await wakeUps.stop()
  if (counters.refused > 0) throw new Error(`${counters.refused} messages were refused`)
  return { rate: ((counters.events + counters.snapshots) * 1_000) / ms, counters }
}

interface TopicBatch {
  readonly topic: string
  readonly messages: { readonly key: string; readonly value: Buffer; readonly headers: Record<string, string> }[]
}

/** The messages that the publisher sends, read back from separate topics: the same bytes, in an order that preserves each case's. */
async function readPublishedMessages(
  fixture: Fixture,
): Promise<{ readonly length: number; readonly requests: readonly (readonly TopicBatch[])[] }> {
  const topicPrefix = `copy-${randomUUID().slice(0, 8)}.`
  await publishAll(fixture, topicPrefix)
  const { brokers, prefix } = fixture.kafka
  const names = ['case-events', 'case-snapshots']
  const topics = await Promise.all(names.map((name) => readTopic(brokers, `${prefix}${topicPrefix}${name}`)))
  const all = topics.flatMap((topicMessages, i) =>
    sortByOffset(topicMessages).map((message) => ({ ...message, topic: `${prefix}${names[i] ?? ''}` })),
  )
  const requests: TopicBatch[][] = []
  // Both topics in each request, as the publisher sends them.
  const shares = topics.map(({ length }) => Math.ceil((length * REQUEST_SIZE) / all.length))
  for (
    let from = [0, topics[0]?.length ?? 0];
    (from[0] as number) < (topics[0]?.length ?? 0);
    from = from.map((offset, i) => offset + (shares[i] ?? 0))
  )
    requests.push(
      names.map((name, i) => ({
        topic: `${prefix}${name}`,
        messages: all.slice(
          from[i],
          Math.min((from[i] ?? 0) + (shares[i] ?? 0), i === 0 ? (topics[0]?.length ?? 0) : all.length),
        ),
      })),
    )
  return { length: all.length, requests }
}

/** All partitions interleaved by offset, about as they were written. */
const sortByOffset = (
  topicMessages: readonly TopicMessage[],
): { key: string; value: Buffer; headers: Record<string, string> }[] =>
  [...topicMessages]
    .sort((a, b) => a.offset - b.offset)
    .map(({ key, value, headers }) => ({ key, value: Buffer.from(value), headers: { ...headers } }))

async function measureClient(
  { kafka }: Fixture,
  { length, requests }: Awaited<ReturnType<typeof readPublishedMessages>>,
): Promise<number> {
  let sent = 0
  const ms = await measureMs(async () => {
    const producer: Producer = new Kafka({ brokers: [...kafka.brokers], logLevel: logLevel.NOTHING }).producer({
      idempotent: true,
      maxInFlightRequests: 1,
    })
    await producer.connect()
    for (const topicMessages of requests) {
      await producer.sendBatch({ acks: -1, topicMessages: topicMessages.filter(({ messages }) => messages.length > 0) })
      sent += topicMessages.reduce((sum, { messages }) => sum + messages.length, 0)
    }
    await producer.disconnect()
  })
  if (sent !== length) throw new Error(`${sent} of ${length} messages were sent`)
  return (sent * 1_000) / ms
}
