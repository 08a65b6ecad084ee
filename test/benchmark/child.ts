import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A child process of the benchmark; killed when the benchmark exits. */
export interface Child {
  readonly process: ChildProcess
  /** The address that it printed. */
  readonly url: string
  stop(): Promise<void>
}

const START_TIMEOUT_MS = 60_000
/** Ours and the peers alike run with the flags that our processes are delivered with. */
const NODE_FLAGS = JSON.parse(readFileSync(join(__dirname, '../../../apps/node-flags.json'), 'utf8')) as string[]

/** Starts a program and waits until it prints an http address, after `words` if given. */
export async function startServer(program: string, env: Readonly<Record<string, string>>, words = ''): Promise<Child> {
  const child = fork(program, [], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    execArgv: NODE_FLAGS,
  })
  const kill = (): void => void child.kill('SIGKILL')
  process.once('exit', kill)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    const address = new RegExp(`(?<=${words}.*)http://[^\\s/]+:\\d+(?:/enter#[\\w-]+)?`)
    let output = ''
    const timer = setTimeout(() => reject(new Error(`${program} printed no address`)), START_TIMEOUT_MS)
    child.once('exit', (code) => reject(new Error(`${program} ended with ${String(code)}`)))
    child.stdout?.on('data', (chunk: Buffer) => {
      const match = address.exec((output += chunk.toString()))
      if (match === null) return
      clearTimeout(timer)
      resolve(match[0].replace(/0\.0\.0\.0|\[::1?\]/, '127.0.0.1'))
    })
  })
  return {
    process: child,
    url,
    async stop() {
      child.kill('SIGTERM')
      const forceKill = setTimeout(kill, 5_000)
      await ended
      clearTimeout(forceKill)
      process.removeListener('exit', kill)
    },
  }
}

/** Forks a program, sends it one task and resolves with its answer. */
export async function runTask<Answer>(program: string, task: object): Promise<Answer> {
  const child = fork(program, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] })
  const lastResort = (): void => void child.kill('SIGKILL')
  process.once('exit', lastResort)
  try {
    return await new Promise<Answer>((resolve, reject) => {
      child.once('message', (answer) => resolve(answer as Answer))
      child.once('exit', (code) => reject(new Error(`${program} ended with ${String(code)} and no answer`)))
      child.send(task)
    })
  } finally {
    process.removeListener('exit', lastResort)
  }
}
