import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Kafka, logLevel } from 'kafkajs'
import { type SecuredListener, brokerSettings } from './broker-settings'
import { ensureKafkaJars } from './jars'

export interface BrokerOptions {
  /** Not removed at the end: a second start continues with its data. */
  readonly dataFolder: string
  readonly port: number
  readonly controllerPort?: number
  /** See BrokerEndpoints. */
  readonly advertisedPort?: number
  /** See BrokerEndpoints. */
  readonly secured?: SecuredListener
  readonly heapMegabytes?: number
  readonly log?: (line: string) => void
}

/** A real Apache Kafka of one node, as a child process. */
export interface Broker {
  readonly address: string
  readonly pid: number
  ended(): boolean
  /** SIGTERM; resolves when the process has ended. */
  stop(): Promise<void>
  /** SIGKILL; resolves when the process has ended. */
  kill(): Promise<void>
}

const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 20_000

/** Resolves when the broker answers. @throws Error that says what to do, e.g. about a port in use */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const {
    dataFolder,
    port,
    controllerPort = port + 1,
    advertisedPort = port,
    secured,
    heapMegabytes = 256,
    log = () => undefined,
  } = options
  const jars = ensureKafkaJars(log)
  for (const candidate of [port, controllerPort])
    if (await isPortInUse(candidate)) throw new Error(`port ${candidate} is in use; choose another one with --port`)
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
  const broker = watchBroker(spawnTiedToThisProcess([...java, 'kafka.Kafka', settings]), `127.0.0.1:${port}`)
  await untilReachable(broker)
  return broker
}

function format(java: readonly string[], settings: string, secured: SecuredListener | undefined): void {
  const users =
    secured === undefined
      ? []
      : ['--add-scram', `SCRAM-SHA-512=[name=${secured.username},password=${secured.password}]`]
  // Like the tool's `random-uuid`, without a second JVM: 16 random bytes; a leading dash would be read as an option.
  const cluster = `k${randomBytes(16).toString('base64url').slice(1)}`
  const args = ['kafka.tools.StorageTool', 'format', '-t', cluster, '-c', settings, ...users]
  const { status, stdout, stderr } = spawnSync('java', [...java, ...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the broker's data folder could not be made ready:\n${stdout}${stderr}`)
}

/**
 * Starts Java under a small shell that kills the broker when this process ends, even by SIGKILL: it waits on a pipe that only we hold.
 * A process group of its own keeps Ctrl-C from killing the broker before it has flushed its data.
 */
const spawnTiedToThisProcess = (args: readonly string[]): ChildProcess =>
  spawn(
    'sh',
    [
      '-c',
      'exec 3<&0; "$@" & broker=$!; echo "pid $broker"; (cat <&3 >/dev/null; kill "$broker" 2>/dev/null) & wait "$broker"',
      'sh',
      'java',
      ...args,
    ],
    {
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  )

interface BrokerProcess extends Broker {
  output(): string
}

function watchBroker(child: ChildProcess, address: string): BrokerProcess {
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => (output = (output + chunk).slice(-20_000)))
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null
  const pid = (): number => Number(/^pid (\d+)$/m.exec(output)?.[1] ?? 0)
  const endWith = async (signal: NodeJS.Signals): Promise<void> => {
    if (!ended() && pid() > 0) sendSignal(pid(), signal)
    for (const deadline = Date.now() + STOP_TIMEOUT_MS; !ended(); await pause(20))
      if (Date.now() > deadline) sendSignal(pid(), 'SIGKILL')
    child.stdin?.destroy()
  }
  return {
    address,
    get pid() {
      return pid()
    },
    ended,
    output: () => output,
    stop: () => endWith('SIGTERM'),
    kill: () => endWith('SIGKILL'),
  }
}

function sendSignal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function untilReachable(broker: BrokerProcess): Promise<void> {
  const kafka = new Kafka({
    brokers: [broker.address],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1_000,
    retry: { retries: 0 },
  })
  for (const deadline = Date.now() + START_TIMEOUT_MS; ; await pause(100)) {
    if (broker.ended()) throw new Error(`the broker ended while it started:\n${broker.output().slice(-2_000)}`)
    const admin = kafka.admin()
    try {
      await admin.connect()
      await admin.listTopics()
      return
    } catch (error) {
      if (Date.now() > deadline) {
        await broker.kill()
        throw new Error(`the broker did not answer within ${START_TIMEOUT_MS / 1_000} s`, { cause: error })
      }
    } finally {
      await admin.disconnect().catch(() => undefined)
    }
  }
}

const isPortInUse = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createConnection({ host: '127.0.0.1', port })
    const done = (inUse: boolean): void => {
      probe.destroy()
      resolve(inUse)
    }
    probe.once('connect', () => done(true)).once('error', () => done(false))
  })
