import { spawn, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { until } from './asking'

/** Where the compiled processes are: beside the sources, whether this file is compiled itself or not. */
const ROOT = join(__dirname, '..', '..').replace(/[\\/]dist$/, '')
const MAIN = {
  gateway: join(ROOT, 'dist/apps/gateway/src/main.js'),
  worker: join(ROOT, 'dist/apps/worker/src/main.js'),
  console: join(ROOT, 'dist/apps/console/src/main.js'),
  adapter: join(ROOT, 'test/adapter/adapter.mjs'),
}
/** What `npm run` runs: it makes the checkout ready first. */
export const commandOf = (app: keyof typeof MAIN): string => join(ROOT, 'apps', app, 'start.mjs')
const STARTS_WITHIN_MS = 60_000

export type Role = 'gateway' | 'worker'

/** A gateway or worker as it is in production: a process of its own, which can be killed. */
export interface RealProcess {
  readonly role: keyof typeof MAIN
  readonly pid: number
  readonly startedIn: Promise<number>
  /** What it printed, for the message of a failure. */
  said(): string
  ended(): boolean
  /** SIGKILL: nothing is finished, nothing closed. Resolves when it is gone. */
  kill(): Promise<void>
  /** SIGTERM: what is under way is finished first. */
  stop(): Promise<void>
  untilEnded(ms: number): Promise<NodeJS.Signals | number | null>
}

export function startProcess(
  role: keyof typeof MAIN,
  env: Readonly<Record<string, string>>,
  isReady: (said: string) => Promise<boolean>,
  program = MAIN[role],
): RealProcess {
  const started = performance.now()
  const child: ChildProcess = spawn(process.execPath, [program], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8')
    stream?.on('data', (chunk: string) => (said = (said + chunk).slice(-20_000)))
  }
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null
  const untilEnded = async (ms: number): Promise<NodeJS.Signals | number | null> => {
    await until(`the ${role} ended`, ended, ms)
    return child.signalCode ?? child.exitCode
  }
  const endBy = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal)
    await untilEnded(30_000)
  }
  const startedIn = (async () => {
    await until(`the ${role} is ready`, async () => ended() || (await isReady(said)), STARTS_WITHIN_MS)
    // Who was killed while it started has nothing to say; who ended by itself has.
    if (child.exitCode !== null) throw new Error(`the ${role} ended with ${child.exitCode}: ${said}`)
    return performance.now() - started
  })()
  startedIn.catch(() => undefined)
  return {
    role,
    pid: child.pid ?? 0,
    startedIn,
    said: () => said,
    ended,
    kill: () => endBy('SIGKILL'),
    stop: () => endBy('SIGTERM'),
    untilEnded,
  }
}

export const startGateway = (
  port: number,
  env: Readonly<Record<string, string>>,
  program = MAIN.gateway,
): RealProcess =>
  startProcess(
    'gateway',
    { ...env, GATEWAY_PORT: String(port), GATEWAY_HOST: '127.0.0.1' },
    () => isReadyAt(port),
    program,
  )

/** Whether the process that listens there is ready. */
export async function isReadyAt(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(1_000) }).catch(
    () => undefined,
  )
  return answer?.status === 200
}

export const startWorker = (env: Readonly<Record<string, string>>, program = MAIN.worker): RealProcess =>
  startProcess(
    'worker',
    { PULL_EVERY_SECONDS: '1', ...env },
    (said) => Promise.resolve(said.includes('worker: receiving')),
    program,
  )

/**
 * A port that is free now, below those that the system gives to outgoing connections: none of them takes it while the
 * process that uses it is restarted.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    if (await isFree(port)) return port
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
