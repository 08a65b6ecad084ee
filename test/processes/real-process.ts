import { spawn, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { waitUntil } from './wait-until'

/** The root of the checkout, also when this file itself is compiled into `dist`. */
const ROOT = join(__dirname, '..', '..').replace(/[\\/]dist$/, '')
const PROGRAMS = {
  gateway: join(ROOT, 'dist/apps/gateway/src/main.js'),
  worker: join(ROOT, 'dist/apps/worker/src/main.js'),
  console: join(ROOT, 'dist/apps/console/src/main.js'),
  adapter: join(ROOT, 'test/adapter/adapter.mjs'),
}
/** The script that `npm run` starts; it prepares the checkout (packages, build) first. */
export const startScriptOf = (app: keyof typeof PROGRAMS): string => join(ROOT, 'apps', app, 'start.mjs')
const STARTS_WITHIN_MS = 60_000

export type Role = 'gateway' | 'worker'

/** A gateway or worker as a child process, as in production, which can be killed. */
export interface RealProcess {
  readonly role: keyof typeof PROGRAMS
  readonly pid: number
  readonly startedIn: Promise<number>
  /** The last 20,000 characters that it printed, for error messages. */
  output(): string
  ended(): boolean
  /**
   * How it ended and its last output, if it ended without `kill`, `stop` or a caller that waits in `untilEnded`: a
   * failure of the process, which a supervisor would hide by restarting it.
   */
  unexpectedEnd(): string | undefined
  /** SIGKILL: nothing is finished, nothing closed. Resolves when the process has ended. */
  kill(): Promise<void>
  /** SIGTERM: work in progress is finished first. Resolves when the process has ended. */
  stop(): Promise<void>
  /** SIGSTOP: it does nothing until `resume`. @throws Error with its last output if it has ended */
  suspend(): void
  /** SIGCONT. @throws Error with its last output if it has ended */
  resume(): void
  /** Resolves with the signal that ended it, or else its exit code. */
  untilEnded(ms: number): Promise<NodeJS.Signals | number | null>
}

/** Output may arrive shortly after the exit; a process that inherited the pipe may keep it open forever. */
const LAST_OUTPUT_WITHIN_MS = 1_000
/** Enough of the output to show a stack trace and the lines that led to it. */
const SHOWN_CHARACTERS = 2_000

export function startProcess(
  role: keyof typeof PROGRAMS,
  env: Readonly<Record<string, string>>,
  isReady: (output: string) => Promise<boolean>,
  program = PROGRAMS[role],
): RealProcess {
  const startedAt = performance.now()
  const child: ChildProcess = spawn(process.execPath, [program], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8')
    stream?.on('data', (chunk: string) => (output = (output + chunk).slice(-20_000)))
  }
  const closed = new Promise((resolve) => child.once('close', resolve))
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null
  const describeEnd = (): string =>
    `the ${role} ended with ${child.signalCode ?? child.exitCode}: ${output.slice(-SHOWN_CHARACTERS)}`
  let isEndExpected = false
  const untilEnded = async (ms: number): Promise<NodeJS.Signals | number | null> => {
    isEndExpected = true
    await waitUntil(`the ${role} ended`, ended, ms)
    return child.signalCode ?? child.exitCode
  }
  const endWithSignal = async (signal: NodeJS.Signals): Promise<void> => {
    // An end before this one stays unexpected, so that cleaning up does not hide it.
    if (ended()) return
    child.kill(signal)
    await untilEnded(30_000)
  }
  const sendSignal = (signal: 'SIGSTOP' | 'SIGCONT'): void => {
    if (!child.kill(signal)) throw new Error(`no ${signal} possible: ${describeEnd()}`)
  }
  const startedIn = (async () => {
    await waitUntil(`the ${role} is ready`, async () => ended() || (await isReady(output)), STARTS_WITHIN_MS)
    // A process that a test killed during its start is no error; one that exited by itself is.
    if (child.exitCode !== null) await Promise.race([closed, pause(LAST_OUTPUT_WITHIN_MS)])
    if (child.exitCode !== null) throw new Error(`while it started, ${describeEnd()}`)
    return performance.now() - startedAt
  })()
  startedIn.catch(() => undefined)
  return {
    role,
    pid: child.pid ?? 0,
    startedIn,
    output: () => output,
    ended,
    unexpectedEnd: () => (ended() && !isEndExpected ? describeEnd() : undefined),
    kill: () => endWithSignal('SIGKILL'),
    stop: () => endWithSignal('SIGTERM'),
    suspend: () => sendSignal('SIGSTOP'),
    resume: () => sendSignal('SIGCONT'),
    untilEnded,
  }
}

export const startGateway = (
  port: number,
  env: Readonly<Record<string, string>>,
  program = PROGRAMS.gateway,
): RealProcess =>
  startProcess(
    'gateway',
    { ...env, GATEWAY_PORT: String(port), GATEWAY_HOST: '127.0.0.1' },
    () => isReadyAt(port),
    program,
  )

/** Whether the process that listens on this port is ready. */
export async function isReadyAt(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(1_000) }).catch(
    () => undefined,
  )
  return answer?.status === 200
}

export const startWorker = (env: Readonly<Record<string, string>>, program = PROGRAMS.worker): RealProcess =>
  startProcess(
    'worker',
    { PULL_EVERY_SECONDS: '1', ...env },
    (output) => Promise.resolve(output.includes('worker: receiving')),
    program,
  )

/**
 * A free port below the range for outgoing connections, so that none of those takes it while the process that uses it
 * is restarted.
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
