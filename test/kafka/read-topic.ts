import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Kafka, logLevel } from 'kafkajs'

/** A message as any Kafka client sees it. */
export interface TopicMessage {
  readonly partition: number
  readonly offset: number
  readonly key: string
  readonly headers: Readonly<Record<string, string>>
  readonly value: string
}

/** All messages of a topic up to now, by partition and offset; read with plain kafkajs, without our own code. */
export async function readTopic(brokers: readonly string[], topic: string): Promise<TopicMessage[]> {
  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING })
  const ends = await endOffsets(kafka, topic)
  const missing = new Set([...ends].filter(([, end]) => end > 0).map(([partition]) => partition))
  if (missing.size === 0) return []
  const seen = new Map<string, TopicMessage>()
  const consumer = kafka.consumer({ groupId: `reading-${randomBytes(6).toString('hex')}`, maxWaitTimeInMs: 100 })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  try {
    await new Promise<void>((resolve, reject) => {
      // After a crash the client restarts by itself, so only this timer ends the wait.
      setTimeout(() => reject(new Error(`${topic} could not be read`)), READ_TIMEOUT_MS).unref()
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

const READ_TIMEOUT_MS = 30_000
const LEADER_TIMEOUT_MS = 20_000

/** The end offset of each partition; 0: empty. Retries, because a broker that has just restarted does not lead all partitions yet. */
async function endOffsets(kafka: Kafka, topic: string): Promise<Map<number, number>> {
  const admin = kafka.admin()
  await admin.connect()
  try {
    for (const deadline = Date.now() + LEADER_TIMEOUT_MS; ; await pause(200)) {
      try {
        return new Map(
          (await admin.fetchTopicOffsets(topic)).map(({ partition, low, high }) => [
            partition,
            high === low ? 0 : Number(high),
          ]),
        )
      } catch (error) {
        if (Date.now() > deadline) throw error
      }
    }
  } finally {
    await admin.disconnect()
  }
}
