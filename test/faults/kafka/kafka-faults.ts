/** What the Kafka run does to brokers, workers, the consumer and the database; each fault ends when events arrive again. */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Brokers } from '#messaging'
import type { Draw } from '../../../apps/simulator/src/random'
import type { TestKafka } from '../../kafka/test-kafka'
import { waitUntil } from '../../processes/wait-until'
import type { OutsideConsumer } from './outside-consumer'
import type { ProcessDeployment } from '../../processes/process-deployment'
import type { RealProcess } from '../../processes/real-process'

export interface KafkaScene {
  readonly options: { readonly brokerAwayMs: number }
  readonly deployment: ProcessDeployment
  readonly kafka: TestKafka
  readonly consumer: OutsideConsumer
  readonly server: { restart(): Promise<void> }
  readonly workers: RealProcess[]
  readonly draw: Draw
  poisons: number
}

export type Fault = keyof typeof FAULTS

const waitUntilMoreIsReceived = (consumer: OutsideConsumer, ms = 90_000): Promise<void> => {
  const receivedBefore = countEvents(consumer.received())
  return waitUntil('more is published', () => countEvents(consumer.received()) > receivedBefore, ms)
}

export const FAULTS = {
  'broker stopped': async ({ kafka, consumer, options }: KafkaScene) => {
    await kafka.stop()
    await pause(options.brokerAwayMs)
    await kafka.restart()
    await waitUntilMoreIsReceived(consumer)
  },
  'broker killed': async ({ kafka, consumer }: KafkaScene) => {
    await kafka.stop('killed')
    await kafka.restart()
    await waitUntilMoreIsReceived(consumer)
  },
  'worker killed, another added': async ({ workers, deployment, draw }: KafkaScene) => {
    const isDeploymentWorker = draw.chance(0.5)
    const killed = isDeploymentWorker ? deployment.now.worker : workers.shift()
    await killed?.kill()
    const replacement = isDeploymentWorker ? deployment.start('worker') : deployment.addWorker()
    if (!isDeploymentWorker) workers.push(replacement)
    await replacement.startedIn
  },
  'worker stood still past its lease': async ({ workers, deployment }: KafkaScene) => {
    const [secondWorker] = workers
    // Suspends one after the other, so that the one that publishes loses its lease.
    for (const worker of [deployment.now.worker, secondWorker])
      if (worker !== undefined) {
        const token = await readPublisherToken(deployment)
        worker.suspend()
        await waitUntil('another publishes', async () => (await readPublisherToken(deployment)) > token, 12_000).catch(
          () => undefined,
        )
        worker.resume()
      }
  },
  'consumer killed': async ({ consumer }: KafkaScene) => {
    await consumer.kill()
    consumer.start()
    await waitUntilMoreIsReceived(consumer)
  },
  'consumer killed over its work': async ({ consumer }: KafkaScene) => {
    await consumer.kill()
    consumer.start(2)
    await consumer.untilItDies()
    consumer.start()
    await waitUntilMoreIsReceived(consumer)
  },
  poison: async (scene: KafkaScene) => {
    const { kafka, deployment } = scene
    const producer = await new Brokers({ brokers: kafka.brokers, prefix: kafka.prefix }).producer()
    await producer.send({ topic: `${kafka.prefix}case-events`, messages: [{ key: 'k', value: 'rubbish' }] })
    await producer.disconnect()
    // A row with a field that no schema documents: the publisher must reject it.
    await deployment.database.query(
      `INSERT INTO outgoing (org, stream, version, type, body, recorded_at) VALUES (1, $1, 1, 'case-opened.v1', '{"buyer":"Wang"}', 0)`,
      [randomUUID()],
    )
    scene.poisons += 1
  },
  'PostgreSQL restarted': async ({ server, consumer }: KafkaScene) => {
    await server.restart()
    await waitUntilMoreIsReceived(consumer)
  },
}

const readPublisherToken = async ({ database }: ProcessDeployment): Promise<number> => {
  const [row] = await database.query<{ token: number }[]>(`SELECT max(token) AS token FROM publication`)
  return row?.token ?? 0
}

/** @throws Error with the output of the process, if one ended by itself; else the error of the fault */
export async function causeFault(fault: Fault, scene: KafkaScene): Promise<void> {
  const [outcome] = await Promise.allSettled([FAULTS[fault](scene)])
  const ends = scene.deployment.unexpectedEnds()
  const reason: unknown = outcome.status === 'rejected' ? outcome.reason : undefined
  if (ends.length > 0) throw new Error(`${fault}: ${ends.join('\n')}`, { cause: reason })
  if (outcome.status === 'rejected') throw reason
}

export const countEvents = (lists: Map<string, string[]>): number => [...lists.values()].flat().length
