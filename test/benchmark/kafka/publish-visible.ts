import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Kafka, logLevel } from 'kafkajs'
import type { DataSource } from 'typeorm'
import { WakeUps } from '#event-store'
import { Publisher } from '#messaging'
import { SHOPS, openWorker, receiveAll } from '../bench-worker'
import type { BenchWorker } from '../bench-worker'
import type { Figure } from '../figure'
import { APPLICATION_SPAN_MS, generatePushes } from '../pushes'
import { percentile, measureMs } from '../rounds'
import type { Scale } from '../scale'
import type { BenchServer } from '../server'
import type { BenchKafka } from './bench-kafka'
import { openPublishingDatabase, withKafka } from './bench-kafka'

const LIMIT_MS = 250
const WARM_SECONDS = 3
const GATHER_MS = 50

/**
 * Latency from the commit of a batch of cases until an outside consumer has received the event, while cases are processed
 * and published by one process at half of its measured capacity. The time of the commit is taken after it returned, so
 * the latency is understated at most by the return path of that answer.
 */
export async function publishVisible(server: BenchServer, scale: Scale): Promise<Figure[]> {
  return withKafka(async (kafka) => {
    const sustained = await withDeployment(server, kafka, 'a.', (deployment) =>
      measureSustainedRate(deployment, Math.min(scale.messages, 30_000)),
    )
    const rate = sustained / 2
    const latencies = await withDeployment(server, kafka, 'b.', (deployment) =>
      measureLatencies(deployment, rate, scale.visibleSeconds),
    )
    const p99 = percentile(latencies, 0.99)
    return [
      {
        figure: 'committed to consumed, p99',
        value: p99,
        unit: 'ms',
        against: 'a limit',
        peer: LIMIT_MS,
        ratio: LIMIT_MS / p99,
        atLeast: 1,
        remarks: [
          `${Math.round(rate)} messages/s for ${scale.visibleSeconds} s, half of the ${Math.round(sustained)}/s that were processed and published`,
          `${latencies.length} events: p50 ${percentile(latencies, 0.5).toFixed(0)} ms, p95 ${percentile(latencies, 0.95).toFixed(0)} ms, longest ${Math.max(...latencies).toFixed(0)} ms`,
        ],
      },
    ]
  })
}

interface Deployment {
  readonly worker: BenchWorker
  readonly database: DataSource
  readonly publisher: Publisher
  readonly listener: Listener
}

interface Listener {
  /** When an outside consumer received each event, by its id; `performance.now()` of this process. */
  readonly receivedAt: ReadonlyMap<string, number>
  stop(): Promise<void>
}

async function withDeployment<T>(
  server: BenchServer,
  kafka: BenchKafka,
  suffix: string,
  work: (deployment: Deployment) => Promise<T>,
): Promise<T> {
  const fresh = await server.migrated()
  const worker = await openWorker(fresh.url)
  const database = await openPublishingDatabase(fresh.url, 6)
  const wakeUps = new WakeUps(fresh.url)
  await wakeUps.start()
  const brokers = kafka.brokersOf(suffix)
  await brokers.createTopics()
  const listener = await listen(kafka, `${kafka.prefix}${suffix}case-events`)
  const publisher = new Publisher({ database, brokers, wakeUps, holder: randomUUID() })
  const stopping = new AbortController()
  const running = publisher.publish(stopping.signal)
  running.catch(() => undefined)
  try {
    return await work({ worker, database, publisher, listener })
  } finally {
    stopping.abort()
    await running
    await listener.stop()
    await wakeUps.stop()
    await database.destroy()
    await worker.close()
    await fresh.drop()
  }
}

async function listen({ brokers }: BenchKafka, topic: string): Promise<Listener> {
  const receivedAt = new Map<string, number>()
  const consumer = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).consumer({
    groupId: `listener-${randomUUID()}`,
    maxWaitTimeInMs: 100,
  })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve))
  await consumer.run({
    partitionsConsumedConcurrently: 4,
    eachBatch({ batch: { messages } }) {
      const now = performance.now()
      for (const { headers } of messages) receivedAt.set(headers?.['ce_id']?.toString() ?? '', now)
      return Promise.resolve()
    },
  })
  await joined
  return { receivedAt, stop: () => consumer.disconnect() }
}

const countOutgoing = async (database: DataSource): Promise<number> =>
  (await database.query<{ n: number }[]>('SELECT count(*)::int AS n FROM outgoing'))[0]?.n ?? 0

/** Messages per second from a full inbox to the broker's acknowledgement. */
async function measureSustainedRate({ worker, database, publisher }: Deployment, messages: number): Promise<number> {
  await worker.accept(generatePushes(messages, SHOPS, 6, Date.now() - APPLICATION_SPAN_MS))
  const ms = await measureMs(async () => {
    await receiveAll(worker)
    const events = await countOutgoing(database)
    while (publisher.counters.events < events) await pause(5)
  })
  return (messages * 1_000) / ms
}

async function measureLatencies(
  { worker, database, listener }: Deployment,
  rate: number,
  seconds: number,
): Promise<number[]> {
  const pushes = generatePushes(Math.ceil(rate * (seconds + WARM_SECONDS)), SHOPS, 7, Date.now() - APPLICATION_SPAN_MS)
  const committed: { readonly at: number; readonly upTo: number; readonly from: number }[] = []
  const beganAt = performance.now()
  let lastPosition = 0
  for (let sent = 0; sent < pushes.length; await pause(GATHER_MS)) {
    const due = Math.min(pushes.length, Math.ceil(((performance.now() - beganAt) * rate) / 1_000))
    if (due <= sent) continue
    await worker.accept(pushes.slice(sent, due))
    sent = due
    await receiveAll(worker, 1)
    const at = performance.now()
    const [row] = await database.query<{ n: number }[]>('SELECT coalesce(max(position), 0) AS n FROM outgoing')
    committed.push({ at, from: lastPosition, upTo: row?.n ?? lastPosition })
    lastPosition = row?.n ?? lastPosition
  }
  const rows = await database.query<{ position: number; id: string }[]>(
    `SELECT position, stream || '/' || version || '/' || type AS id FROM outgoing ORDER BY position`,
  )
  for (const deadline = performance.now() + 30_000; listener.receivedAt.size < rows.length; await pause(20))
    if (performance.now() > deadline)
      throw new Error(`${rows.length - listener.receivedAt.size} events were never received`)
  const latencies: number[] = []
  let batch = 0
  for (const { position, id } of rows) {
    while (position > (committed[batch]?.upTo ?? Infinity)) batch += 1
    const { at } = committed[batch] ?? { at: Infinity }
    if (at - beganAt > WARM_SECONDS * 1_000) latencies.push(Math.max(0, (listener.receivedAt.get(id) ?? Infinity) - at))
  }
  return latencies
}
