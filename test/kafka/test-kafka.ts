import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../processes/real-process'
import type { Broker } from './broker'
import { startBroker } from './broker'

/** A Kafka for one test file: the broker that KAFKA_BROKERS names, or a new one, which the test may stop and restart. */
export interface TestKafka {
  readonly brokers: readonly string[]
  /** Prefix of the topics of this file, so that several files can share a broker. */
  readonly prefix: string
  /** Whether this file started the broker, so may stop it. */
  readonly own: boolean
  /** By SIGTERM, or killed as by a power cut; its data is kept. */
  stop(how?: 'in order' | 'killed'): Promise<void>
  restart(): Promise<void>
  close(): Promise<void>
}

/** @param startProxy starts a proxy to the broker's port and returns its port, which clients connect to */
export async function openTestKafka(startProxy?: (port: number) => Promise<number>): Promise<TestKafka> {
  const prefix = `t${randomBytes(4).toString('hex')}.`
  const givenBrokers = process.env['KAFKA_BROKERS']
  const rejectStop = (): Promise<never> => Promise.reject(new Error('the broker of KAFKA_BROKERS is not ours to stop'))
  if (givenBrokers)
    return {
      brokers: givenBrokers.split(','),
      prefix,
      own: false,
      stop: rejectStop,
      restart: rejectStop,
      close: () => Promise.resolve(),
    }
  mkdirSync(tmpdir(), { recursive: true })
  const dataFolder = mkdtempSync(join(tmpdir(), 'shouhou-kafka-'))
  const [port, controllerPort] = [await freePort(), await freePort()]
  const advertisedPort = (await startProxy?.(port)) ?? port
  const start = (): Promise<Broker> =>
    startBroker({ dataFolder, port, controllerPort, advertisedPort, log: (line) => process.stderr.write(`${line}\n`) })
  let broker = await start()
  return {
    brokers: [`127.0.0.1:${advertisedPort}`],
    prefix,
    own: true,
    stop: (how = 'in order') => (how === 'killed' ? broker.kill() : broker.stop()),
    restart: async () => {
      broker = await start()
    },
    close: async () => {
      await broker.kill()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}
