import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Kafka, logLevel } from 'kafkajs'

/** A message as any client sees it. */
export interface Seen {
  readonly partition: number
  readonly offset: number
  readonly key: string
  readonly headers: Readonly<Record<string, string>>
  readonly value: string
}

/** Everything that lies in a topic now, partition by partition, in order; by a client of its own that knows nothing of ours. */
export async function readTopic(brokers: readonly string[], topic: string): Promise<Seen[]> {
  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING })
  const ends = await endsOf(kafka, topic)
  const missing = new Set([...ends].filter(([, end]) => end > 0).map(([partition]) => partition))
  if (missing.size === 0) return []
  const seen = new Map<string, Seen>()
  const consumer = kafka.consumer({ groupId: `reading-${randomBytes(6).toString('hex')}`, maxWaitTimeInMs: 100 })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  try {
    await new Promise<void>((resolve, reject) => {
      // A crash is followed by a new beginning, of the client's own accord.
      setTimeout(() => reject(new Error(`${topic} could not be read`)), READ_WITHIN_MS).unref()
      consumer
        .run({
          autoCommit: false,
          eachMessage: ({ partition, message: { key, value, headers = {}, offset } }) => {
            const texts = Object.entries(headers).map(([name, text]) => [name, String(text)] as const)
            seen.set(`${partition}/${offset}`, {
              partition,
              offset: Number(offset),
              key: String(key),
              headers: Object.fromEntries(texts),
              value: String(value),
            })
            if (Number(offset) >= (ends.get(partition) ?? 0) - 1) missing.delete(partition)
            if (missing.size === 0) resolve()
            return Promise.resolve()
          },
        })
        .catch(reject)
    })
  } finally {
    await consumer.disconnect()
  }
  return [...seen.values()].sort((a, b) => a.partition - b.partition || a.offset - b.offset)
}

const READ_WITHIN_MS = 30_000
const LEADERS_WITHIN_MS = 20_000

/** Where each partition ends now; 0: it is empty. A broker that has just come back does not lead all of them yet. */
async function endsOf(kafka: Kafka, topic: string): Promise<Map<number, number>> {
  const admin = kafka.admin()
  await admin.connect()
  try {
    for (const patience = Date.now() + LEADERS_WITHIN_MS; ; await pause(200)) {
      try {
        return new Map(
          (await admin.fetchTopicOffsets(topic)).map(({ partition, low, high }) => [
            partition,
            high === low ? 0 : Number(high),
          ]),
        )
      } catch (error) {
        if (Date.now() > patience) throw error
      }
    }
  } finally {
    await admin.disconnect()
  }
}
