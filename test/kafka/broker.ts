import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Kafka, logLevel } from 'kafkajs'
import { type SecuredListener, brokerSettings } from './broker-settings'
import { kafkaJars } from './jars'

export interface BrokerOptions {
  /** Kept: a second start finds what the first has left. */
  readonly dataFolder: string
  readonly port: number
  readonly controllerPort?: number
  /** See BrokerPlace. */
  readonly advertisedPort?: number
  /** See BrokerPlace. */
  readonly secured?: SecuredListener
  readonly heapMegabytes?: number
  readonly say?: (line: string) => void
}

/** A real Apache Kafka, one node. */
export interface Broker {
  readonly address: string
  readonly pid: number
  ended(): boolean
  /** In order; when it is gone. */
  stop(): Promise<void>
  /** SIGKILL. */
  kill(): Promise<void>
}

const STARTS_WITHIN_MS = 60_000
const STOPS_WITHIN_MS = 20_000

/** Resolves when it answers. @throws Error whose message a newcomer understands */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const {
    dataFolder,
    port,
    controllerPort = port + 1,
    advertisedPort = port,
    secured,
    heapMegabytes = 256,
    say = () => undefined,
  } = options
  const jars = kafkaJars(say)
  for (const wanted of [port, controllerPort])
    if (await isTaken(wanted)) throw new Error(`port ${wanted} is in use; choose another one with --port`)
  mkdirSync(dataFolder, { recursive: true })
  const settings = join(dataFolder, 'server.properties')
  writeFileSync(
    settings,
    brokerSettings({ dataFolder, port, controllerPort, advertisedPort, ...(secured && { secured }) }),
  )
  const java = [
    `-Xmx${heapMegabytes}m`,
    '-Xms64m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-cp',
    join(jars, '*'),
  ]
  if (!existsSync(join(dataFolder, 'log', 'meta.properties'))) format(java, settings, secured)
  const broker = underWatch(spawnWatched([...java, 'kafka.Kafka', settings]), `127.0.0.1:${port}`)
  await untilItAnswers(broker)
  return broker
}

function format(java: readonly string[], settings: string, secured: SecuredListener | undefined): void {
  const users =
    secured === undefined
      ? []
      : ['--add-scram', `SCRAM-SHA-512=[name=${secured.username},password=${secured.password}]`]
  // As the tool's own `random-uuid` makes them, without a second JVM: 16 bytes that do not begin with a dash.
  const cluster = `k${randomBytes(16).toString('base64url').slice(1)}`
  const words = ['kafka.tools.StorageTool', 'format', '-t', cluster, '-c', settings, ...users]
  const { status, stdout, stderr } = spawnSync('java', [...java, ...words], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the broker's data folder could not be made ready:\n${stdout}${stderr}`)
}

/**
 * Through a tiny shell that ends the broker when this process is gone, however it went: it waits on a pipe that only we hold.
 * The broker has a group of its own, or Ctrl-C would kill it before it could write down what it has.
 */
const spawnWatched = (words: readonly string[]): ChildProcess =>
  spawn(
    'sh',
    [
      '-c',
      'exec 3<&0; "$@" & broker=$!; echo "pid $broker"; (cat <&3 >/dev/null; kill "$broker" 2>/dev/null) & wait "$broker"',
      'sh',
      'java',
      ...words,
    ],
    {
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  )

interface Watched extends Broker {
  said(): string
}

function underWatch(child: ChildProcess, address: string): Watched {
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => (said = (said + chunk).slice(-20_000)))
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null
  const pid = (): number => Number(/^pid (\d+)$/m.exec(said)?.[1] ?? 0)
  const endBy = async (signal: NodeJS.Signals): Promise<void> => {
    if (!ended() && pid() > 0) signalTo(pid(), signal)
    for (const patience = Date.now() + STOPS_WITHIN_MS; !ended(); await pause(20))
      if (Date.now() > patience) signalTo(pid(), 'SIGKILL')
    child.stdin?.destroy()
  }
  return {
    address,
    get pid() {
      return pid()
    },
    ended,
    said: () => said,
    stop: () => endBy('SIGTERM'),
    kill: () => endBy('SIGKILL'),
  }
}

function signalTo(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function untilItAnswers(broker: Watched): Promise<void> {
  const kafka = new Kafka({
    brokers: [broker.address],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1_000,
    retry: { retries: 0 },
  })
  for (const patience = Date.now() + STARTS_WITHIN_MS; ; await pause(100)) {
    if (broker.ended()) throw new Error(`the broker ended while it started:\n${broker.said().slice(-2_000)}`)
    const admin = kafka.admin()
    try {
      await admin.connect()
      await admin.listTopics()
      return
    } catch (error) {
      if (Date.now() > patience) {
        await broker.kill()
        throw new Error(`the broker did not answer within ${STARTS_WITHIN_MS / 1_000} s`, { cause: error })
      }
    } finally {
      await admin.disconnect().catch(() => undefined)
    }
  }
}

const isTaken = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createConnection({ host: '127.0.0.1', port })
    const told = (taken: boolean): void => {
      probe.destroy()
      resolve(taken)
    }
    probe.once('connect', () => told(true)).once('error', () => told(false))
  })
