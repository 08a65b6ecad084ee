import { randomUUID } from 'node:crypto'
import { Bells } from '#event-store'
import { Publisher } from '#messaging'
import { until } from '../faults/asking'
import { copying } from '../kafka/copying'
import { openTestKafka } from '../kafka/test-kafka'
import type { KafkaDeployment } from '../kafka/kafka-deployment'
import { inOrder, onceEach, openKafkaDeployment } from '../kafka/kafka-deployment'
import type { Line } from '../kafka/line'
import { openLine } from '../kafka/line'

let deployment: KafkaDeployment
let bells: Bells
let line: Line | undefined

beforeAll(async () => {
  deployment = await openKafkaDeployment(() => openTestKafka(async (port) => (line = await openLine(port)).port))
  bells = new Bells(deployment.url)
  await bells.start()
})
afterAll(async () => {
  await bells.stop()
  await deployment.close()
  await line?.close()
})

describe('F12: a slow line to the broker that is cut after the broker has taken a batch, before its answer', () => {
  it('publishes everything at least once, in order; a consumer that deduplicates does everything once', async () => {
    // The broker of KAFKA_BROKERS is not behind a line of ours.
    if (line === undefined) return
    const { database } = deployment.stack
    await deployment.trade(60)
    line.delayMs = 50
    line.loseAnswers = 3
    const stopping = new AbortController()
    const publisher = new Publisher({
      database,
      brokers: deployment.brokersOf(),
      bells,
      holder: randomUUID(),
      batch: 60,
    })
    const running = (async () => {
      // As the worker's loop does it.
      while (!stopping.signal.aborted) await publisher.publish(stopping.signal).catch(() => undefined)
    })()
    await until('everything is published', async () => line?.lost === 3 && (await publisher.lag()) === 0, 60_000)
    stopping.abort()
    await running
    expect(onceEach(await deployment.topic('case-events'))).toEqual(await deployment.toTell())

    const consumer = copying(database, deployment.brokersOf())
    await consumer.start()
    const wanted = [...(await deployment.toTell()).values()].flat().length
    const copied = (): Promise<{ key: string; id: string }[]> => database.query('SELECT key, id FROM copied ORDER BY n')
    await until('everything is copied', async () => (await copied()).length >= wanted, 30_000)
    await consumer.stop()
    expect(inOrder((await copied()).map(({ key, id }) => [key, id]))).toEqual(await deployment.toTell())
  })
})
