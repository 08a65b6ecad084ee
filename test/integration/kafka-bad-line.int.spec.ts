import { randomUUID } from 'node:crypto'
import { Bells } from '#event-store'
import { Publisher } from '#messaging'
import { until } from '../faults/asking'
import { copying } from '../kafka/copying'
import { kafkaForTests } from '../kafka/for-tests'
import type { KafkaHouse } from '../kafka/house'
import { inOrder, onceEach, openKafkaHouse } from '../kafka/house'
import type { Line } from '../kafka/line'
import { openLine } from '../kafka/line'

let house: KafkaHouse
let bells: Bells
let line: Line | undefined

beforeAll(async () => {
  house = await openKafkaHouse(() => kafkaForTests(async (port) => (line = await openLine(port)).port))
  bells = new Bells(house.url)
  await bells.start()
})
afterAll(async () => {
  await bells.stop()
  await house.close()
  await line?.close()
})

describe('F12: a line to the broker that is slow, and is cut when the broker has taken a batch and nobody knows', () => {
  it('tells everything at least once, in order; who de-duplicates does everything once', async () => {
    // The broker of KAFKA_BROKERS is not behind a line of ours.
    if (line === undefined) return
    const { database } = house.stack
    await house.trade(60)
    line.delayMs = 50
    line.loseAnswers = 3
    const stopping = new AbortController()
    const publisher = new Publisher({ database, brokers: house.brokersOf(), bells, holder: randomUUID(), batch: 60 })
    const running = (async () => {
      // As the worker's loop does it.
      while (!stopping.signal.aborted) await publisher.publish(stopping.signal).catch(() => undefined)
    })()
    await until('everything is told', async () => line?.lost === 3 && (await publisher.lag()) === 0, 60_000)
    stopping.abort()
    await running
    expect(onceEach(await house.topic('case-events'))).toEqual(await house.toTell())

    const consumer = copying(database, house.brokersOf())
    await consumer.start()
    const wanted = [...(await house.toTell()).values()].flat().length
    const copied = (): Promise<{ key: string; id: string }[]> => database.query('SELECT key, id FROM copied ORDER BY n')
    await until('everything is copied', async () => (await copied()).length >= wanted, 30_000)
    await consumer.stop()
    expect(inOrder((await copied()).map(({ key, id }) => [key, id]))).toEqual(await house.toTell())
  })
})
