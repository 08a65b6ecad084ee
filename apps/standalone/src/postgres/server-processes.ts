/** The operating system's side of the server: who is alive, who belongs to whom, and who looks after it when we die. */
import { execFileSync, spawn } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

interface ProcessRow {
  readonly pid: number
  readonly parent: number
  readonly ended: boolean
}

export function childrenOf(pid: number): number[] {
  return listProcesses()
    .filter((row) => row.parent === pid && !row.ended)
    .map((row) => row.pid)
}

/** A process that has ended but was not yet collected by its parent does not count as alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return process.platform !== 'linux' || rowOf(pid)?.ended === false
}

/** @throws Error when they are still there after `withinMs`. */
export async function untilGone(pids: readonly number[], withinMs: number): Promise<void> {
  const patience = Date.now() + withinMs
  while (pids.some(isAlive)) {
    if (Date.now() > patience)
      throw new Error(`processes ${pids.filter(isAlive).join(', ')} did not end within ${withinMs} ms`)
    await pause(10)
  }
}

export function sendSignal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Whether `pid` is a PostgreSQL that works in this folder: process ids are reused after a crash, above all in containers. */
export function servesFolder(pid: number, dataFolder: string): boolean {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') return true
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === resolve(dataFolder)
  } catch {
    return false
  }
}

/**
 * A tiny shell that ends the server when this process is gone, however it went: it waits on a pipe that only we hold.
 * @returns a function that dismisses it
 */
export function watchOver(pid: number): () => void {
  if (process.platform === 'win32') return () => undefined
  const script = 'read -r word; test "$word" = dismissed || kill -INT "$1"'
  const watcher = spawn('/bin/sh', ['-c', script, 'shouhou-postgres-watch', String(pid)], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  watcher.on('error', () => undefined)
  watcher.stdin.on('error', () => undefined)
  watcher.unref()
  const pipe = watcher.stdin as unknown as { unref?: () => void }
  pipe.unref?.()
  return () => watcher.stdin.end('dismissed\n')
}

function listProcesses(): ProcessRow[] {
  if (process.platform === 'linux') {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => rowOf(Number(name)))
      .filter((row) => row !== undefined)
  }
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, parent, state]) => ({
      pid: Number(pid),
      parent: Number(parent),
      ended: state?.startsWith('Z') ?? false,
    }))
}

function rowOf(pid: number): ProcessRow | undefined {
  try {
    // The name in parentheses may itself hold spaces and parentheses, so what counts starts after the last one.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { pid, parent: Number(parent), ended: state === 'Z' || state === 'X' }
  } catch {
    return undefined
  }
}
