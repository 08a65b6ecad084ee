/** What the Kafka run does to brokers, workers, the consumer and the database; each fault ends when events arrive again. */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Brokers } from '#messaging'
import type { Draw } from '../../../apps/simulator/src/random'
import type { TestKafka } from '../../kafka/test-kafka'
import { waitUntil } from '../../processes/wait-until'
import type { Listener } from './outside-consumer'
import type { ProcessDeployment } from '../../processes/process-deployment'
import type { RealProcess } from '../../processes/real-process'

export interface Scene {
  readonly options: { readonly brokerAwayMs: number }
  readonly deployment: ProcessDeployment
  readonly kafka: TestKafka
  readonly listener: Listener
  readonly server: { restart(): Promise<void> }
  readonly workers: RealProcess[]
  readonly draw: Draw
  poisons: number
}

export type Fault = keyof typeof FAULTS

const untilMoreIsReceived = (listener: Listener, ms = 90_000): Promise<void> => {
  const before = sizeOf(listener.received())
  return waitUntil('more is published', () => sizeOf(listener.received()) > before, ms)
}

export const FAULTS = {
  'broker stopped': async ({ kafka, listener, options }: Scene) => {
    await kafka.stop()
    await pause(options.brokerAwayMs)
    await kafka.restart()
    await untilMoreIsReceived(listener)
  },
  'broker killed': async ({ kafka, listener }: Scene) => {
    await kafka.stop('killed')
    await kafka.restart()
    await untilMoreIsReceived(listener)
  },
  'worker killed, another added': async ({ workers, deployment, draw }: Scene) => {
    const ours = draw.chance(0.5)
    const killed = ours ? deployment.now.worker : workers.shift()
    await killed?.kill()
    const next = ours ? deployment.start('worker') : deployment.addWorker()
    if (!ours) workers.push(next)
    await next.startedIn
  },
  'worker stood still past its lease': async ({ workers, deployment }: Scene) => {
    const [other] = workers
    // Suspends one after the other, so that the one that publishes loses its lease.
    for (const worker of [deployment.now.worker, other])
      if (worker !== undefined) {
        const token = await tokenOf(deployment)
        worker.suspend()
        await waitUntil('another publishes', async () => (await tokenOf(deployment)) > token, 12_000).catch(
          () => undefined,
        )
        worker.resume()
      }
  },
  'listener killed': async ({ listener }: Scene) => {
    await listener.kill()
    listener.start()
    await untilMoreIsReceived(listener)
  },
  'listener killed over its work': async ({ listener }: Scene) => {
    await listener.kill()
    listener.start(2)
    await listener.untilItDies()
    listener.start()
    await untilMoreIsReceived(listener)
  },
  poison: async (scene: Scene) => {
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
  'PostgreSQL restarted': async ({ server, listener }: Scene) => {
    await server.restart()
    await untilMoreIsReceived(listener)
  },
}

const tokenOf = async ({ database }: ProcessDeployment): Promise<number> => {
  const [row] = await database.query<{ token: number }[]>(`SELECT max(token) AS token FROM publication`)
  return row?.token ?? 0
}

/** @throws Error with the output of the process, if one ended by itself; else the error of the fault */
export async function causeFault(fault: Fault, scene: Scene): Promise<void> {
  const [outcome] = await Promise.allSettled([FAULTS[fault](scene)])
  const ends = scene.deployment.unexpectedEnds()
  const reason: unknown = outcome.status === 'rejected' ? outcome.reason : undefined
  if (ends.length > 0) throw new Error(`${fault}: ${ends.join('\n')}`, { cause: reason })
  if (outcome.status === 'rejected') throw reason
}

export const sizeOf = (lists: Map<string, string[]>): number => [...lists.values()].flat().length
