import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** One check: a call that was answered, a value that was parsed, a push that was taken apart. */
export interface Finding {
  readonly kind: string
  readonly name: string
  /** Empty: as expected. */
  readonly problem: string
}

/** A file of one JSON finding a line. */
export const findingsIn = (file: string): Finding[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Finding)

/** Runs a program to its end. `ready` is called at its first output on stderr. @throws Error with its output if it fails */
export async function execute(
  command: string,
  args: readonly string[],
  options: {
    readonly cwd: string
    readonly env?: Readonly<Record<string, string>>
    readonly ready?: (go: () => void) => void
  },
): Promise<void> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let output = ''
  let onReady = options.ready
  child.stderr.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-20_000)
    onReady?.(() => child.stdin.write('\n'))
    onReady = undefined
  })
  await new Promise<void>((done, fail) => {
    child.once('error', fail)
    child.once('exit', (code) => (code === 0 ? done() : fail(new Error(`${command} ended with ${code}:\n${output}`))))
  })
}
