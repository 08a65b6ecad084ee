import { randomBytes } from 'node:crypto'
import { Kafka, logLevel } from 'kafkajs'
import { until } from './asking'

/** What somebody outside was told of cases, held against what he must be told. */
export interface Told {
  /** Different events, and how many there were to be told at the last look. */
  readonly events: number
  readonly wanted: number
  /** Repetitions of what was told before; only under the same id, or they would be events. */
  readonly repeated: number
  /** Events that came behind a later one of their case, when told for the first time. */
  readonly outOfOrder: number
}

/** Reads until as many different events were told as are wanted by then, or the time is over; keeps ids alone, so that there may be many. */
export async function toldInOrder(
  brokers: readonly string[],
  topic: string,
  wanted: () => Promise<number>,
  withinMs: number,
): Promise<Told> {
  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING })
  const consumer = kafka.consumer({ groupId: `told-${randomBytes(6).toString('hex')}`, maxWaitTimeInMs: 100 })
  const ids = new Set<string>()
  const newest = new Map<string, number>()
  const told = { repeated: 0, outOfOrder: 0 }
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run({
    autoCommit: false,
    eachBatch: ({ batch: { messages } }) => {
      for (const { headers } of messages) {
        const id = String(headers?.['ce_id'])
        if (ids.has(id)) {
          told.repeated += 1
          continue
        }
        ids.add(id)
        const [key = '', version] = id.split('/')
        if ((newest.get(key) ?? 0) >= Number(version)) told.outOfOrder += 1
        newest.set(key, Number(version))
      }
      return Promise.resolve()
    },
  })
  // Who is told less says so by his numbers.
  let atLast = 0
  const isAllTold = async (): Promise<boolean> => ids.size >= (atLast = await wanted())
  await until('everything is told', isAllTold, withinMs).catch(() => undefined)
  const found = { events: ids.size, wanted: atLast, ...told }
  await consumer.disconnect()
  return found
}
