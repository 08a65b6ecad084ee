import { randomBytes } from 'node:crypto'
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
  const admin = kafka.admin()
  await admin.connect()
  const ends = new Map((await admin.fetchTopicOffsets(topic)).map(({ partition, low, high }) => [partition, high === low ? 0 : Number(high)]))
  await admin.disconnect()
  const missing = new Set([...ends].filter(([, end]) => end > 0).map(([partition]) => partition))
  const seen: Seen[] = []
  if (missing.size === 0) return seen
  const consumer = kafka.consumer({ groupId: `reading-${randomBytes(6).toString('hex')}`, maxWaitTimeInMs: 100 })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  await new Promise<void>((resolve, reject) => {
    consumer.on('consumer.crash', ({ payload: { error } }) => reject(error))
    consumer
      .run({
        autoCommit: false,
        eachMessage: ({ partition, message: { key, value, headers = {}, offset } }) => {
          const texts = Object.entries(headers).map(([name, text]) => [name, String(text)] as const)
          seen.push({ partition, offset: Number(offset), key: String(key), headers: Object.fromEntries(texts), value: String(value) })
          if (Number(offset) >= (ends.get(partition) ?? 0) - 1) missing.delete(partition)
          if (missing.size === 0) resolve()
          return Promise.resolve()
        },
      })
      .catch(reject)
  })
  await consumer.disconnect()
  return seen.sort((a, b) => a.partition - b.partition || a.offset - b.offset)
}
