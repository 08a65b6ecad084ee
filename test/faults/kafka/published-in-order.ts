import { randomBytes } from 'node:crypto'
import { Kafka, logLevel } from 'kafkajs'
import { waitUntil } from '../../processes/wait-until'

/** The events that an outside consumer received, compared with those it must receive. */
export interface PublishedReport {
  /** Number of distinct events received, and number to be published at the last count. */
  readonly events: number
  readonly expected: number
  /** Repetitions of earlier events, recognised by their id. */
  readonly repeated: number
  /** Events first received after a later one of the same case. */
  readonly outOfOrder: number
}

/** Reads until all events written so far were received, or until the timeout. Keeps only ids, to need little memory. */
export async function checkPublished(
  brokers: readonly string[],
  topic: string,
  countExpected: () => Promise<number>,
  withinMs: number,
): Promise<PublishedReport> {
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
  // After a timeout the counts differ.
  let lastCount = 0
  const isAllPublished = async (): Promise<boolean> => ids.size >= (lastCount = await countExpected())
  await waitUntil('everything is published', isAllPublished, withinMs).catch(() => undefined)
  const report = { events: ids.size, expected: lastCount, ...published }
  await consumer.disconnect()
  return report
}
