import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../faults/real-process'
import type { Broker } from './broker'
import { startBroker } from './broker'

/** A Kafka for one test file: the one that KAFKA_BROKERS names, or one of its own, which it may also stop and start. */
export interface TestKafka {
  readonly brokers: readonly string[]
  /** Topics of this file alone, so that others may use the same broker. */
  readonly prefix: string
  /** Whether it is ours to stop. */
  readonly own: boolean
  /** In order, or as by a power cut; its data stay. */
  stop(how?: 'in order' | 'killed'): Promise<void>
  startAgain(): Promise<void>
  close(): Promise<void>
}

/** @param lineTo opens a line to the broker's port and answers its own; clients know no other way */
export async function openTestKafka(lineTo?: (port: number) => Promise<number>): Promise<TestKafka> {
  const prefix = `t${randomBytes(4).toString('hex')}.`
  const named = process.env['KAFKA_BROKERS']
  const notOurs = (): Promise<never> => Promise.reject(new Error('the broker of KAFKA_BROKERS is not ours to stop'))
  if (named)
    return {
      brokers: named.split(','),
      prefix,
      own: false,
      stop: notOurs,
      startAgain: notOurs,
      close: () => Promise.resolve(),
    }
  mkdirSync(tmpdir(), { recursive: true })
  const dataFolder = mkdtempSync(join(tmpdir(), 'shouhou-kafka-'))
  const [port, controllerPort] = [await freePort(), await freePort()]
  const advertisedPort = (await lineTo?.(port)) ?? port
  const start = (): Promise<Broker> =>
    startBroker({ dataFolder, port, controllerPort, advertisedPort, say: (line) => process.stderr.write(`${line}\n`) })
  let broker = await start()
  return {
    brokers: [`127.0.0.1:${advertisedPort}`],
    prefix,
    own: true,
    stop: (how = 'in order') => (how === 'killed' ? broker.kill() : broker.stop()),
    startAgain: async () => {
      broker = await start()
    },
    close: async () => {
      await broker.kill()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}
