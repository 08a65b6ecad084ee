import { randomUUID } from 'node:crypto'
import { WakeUps } from '#event-store'
import { Publisher } from '#messaging'
import { waitUntil } from '../processes/wait-until'
import { copyingConsumer } from '../kafka/copying-consumer'
import { openTestKafka } from '../kafka/test-kafka'
import type { KafkaDeployment } from '../kafka/kafka-deployment'
import { groupByKey, deduplicateEvents, openKafkaDeployment } from '../kafka/kafka-deployment'
import type { FaultyProxy } from '../kafka/faulty-proxy'
import { startFaultyProxy } from '../kafka/faulty-proxy'

let deployment: KafkaDeployment
let wakeUps: WakeUps
let proxy: FaultyProxy | undefined

beforeAll(async () => {
  deployment = await openKafkaDeployment(() =>
    openTestKafka(async (port) => (proxy = await startFaultyProxy(port)).port),
  )
  wakeUps = new WakeUps(deployment.url)
  await wakeUps.start()
})
afterAll(async () => {
  await wakeUps.stop()
  await deployment.close()
  await proxy?.close()
})

describe('a slow connection to the broker that breaks between storing a batch and its acknowledgement (fault F12)', () => {
  it('lets everything be published at least once, in order, and processed once by a deduplicating consumer', async () => {
    // A broker named by KAFKA_BROKERS is not behind our proxy.
    if (proxy === undefined) return
    const { database } = deployment.stack
    await deployment.addCases(60)
    // Slow enough that the connection breaks between storing the batch and its acknowledgement.
    proxy.delayMs = 50
    proxy.responsesToDrop = 3
    const stopping = new AbortController()
    const publisher = new Publisher({
      database,
      brokers: deployment.brokers(),
      wakeUps,
      holder: randomUUID(),
      batch: 60,
    })
    const running = (async () => {
      // Retries like the worker's loop.
      while (!stopping.signal.aborted) await publisher.publish(stopping.signal).catch(() => undefined)
    })()
    await waitUntil(
      'everything is published',
      async () => proxy?.droppedResponses === 3 && (await publisher.lag()) === 0,
      60_000,
    )
    stopping.abort()
    await running
    expect(deduplicateEvents(await deployment.messagesIn('case-events'))).toEqual(await deployment.expectedEvents())

    const consumer = copyingConsumer(database, deployment.brokers())
    await consumer.start()
    const expected = [...(await deployment.expectedEvents()).values()].flat().length
    const readCopied = (): Promise<{ key: string; id: string }[]> =>
      database.query('SELECT key, id FROM copied ORDER BY n')
    await waitUntil('everything is copied', async () => (await readCopied()).length >= expected, 30_000)
    await consumer.stop()
    expect(groupByKey((await readCopied()).map(({ key, id }) => [key, id]))).toEqual(await deployment.expectedEvents())
  })
})
