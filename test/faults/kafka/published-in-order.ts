import { randomBytes } from 'node:crypto'
import { Kafka, logLevel } from 'kafkajs'
import { until } from '../../processes/asking'

/** The events that an outside consumer received, compared with those it must receive. */
export interface Published {
  /** Different events, and how many there were to publish when last counted. */
  readonly events: number
  readonly wanted: number
  /** Repetitions of earlier events; only under the same id, or they would be events. */
  readonly repeated: number
  /** Events that came after a later one of their case, when first received. */
  readonly outOfOrder: number
}

/** Reads until as many different events were received as were written by then, or the timeout is over; keeps only ids, so that there may be many. */
export async function publishedInOrder(
  brokers: readonly string[],
  topic: string,
  wanted: () => Promise<number>,
  withinMs: number,
): Promise<Published> {
  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING })
  const consumer = kafka.consumer({ groupId: `published-${randomBytes(6).toString('hex')}`, maxWaitTimeInMs: 100 })
  const ids = new Set<string>()
  const newest = new Map<string, number>()
  const published = { repeated: 0, outOfOrder: 0 }
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run({
    autoCommit: false,
    eachBatch: ({ batch: { messages } }) => {
      for (const { headers } of messages) {
        const id = String(headers?.['ce_id'])
        if (ids.has(id)) {
          published.repeated += 1
          continue
        }
        ids.add(id)
        const [key = '', version] = id.split('/')
        if ((newest.get(key) ?? 0) >= Number(version)) published.outOfOrder += 1
        newest.set(key, Number(version))
      }
      return Promise.resolve()
    },
  })
  // A shortfall shows in the counts.
  let atLast = 0
  const isAllPublished = async (): Promise<boolean> => ids.size >= (atLast = await wanted())
  await until('everything is published', isAllPublished, withinMs).catch(() => undefined)
  const found = { events: ids.size, wanted: atLast, ...published }
  await consumer.disconnect()
  return found
}
