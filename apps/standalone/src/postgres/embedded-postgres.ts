/**
 * A real PostgreSQL server from the package registry, in a folder of our own: what runs without DATABASE_URL.
 * It listens on the loopback address only, wants a password, and ends with the process that started it.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { withoutPgVariables } from './server-environment'
import { layOut } from './data-folder'
import { findPostgresBinaries } from './postgres-binaries'
import { placeFor, type PostgresPlace } from './postgres-place'
import { childrenOf, servesFolder, sendSignal, untilGone, watchOver } from './server-processes'

export interface EmbeddedPostgresSettings {
  /** Made if it is not there; its data survives restarts. Beside it: `.password` (0600) and `.log`. */
  readonly dataFolder: string
  /** Wanted, not promised: another is taken when this one is in use. */
  readonly port?: number
  /** False only in tests: fast, and a power failure spoils the data. A killed server loses nothing either way. */
  readonly durable?: boolean
  /** Called with the few lines that a person should read. */
  readonly say?: (line: string) => void
}

export interface EmbeddedPostgres {
  /** Of the database `postgres`, as its owner, with the password. */
  readonly url: string
  readonly port: number
  readonly dataFolder: string
  /** The server's own process, for those who measure it. */
  readonly pid: number
  /** Disconnects all clients, writes everything down, and waits until it is done. */
  stop(): Promise<void>
  /** What a power cut does: SIGKILL to the server and all its children. It can be started again. */
  kill(): Promise<void>
}

/** Long, because the server may have to recover from a crash first. */
const startsWithinMs = 120_000
const stopsWithinMs = 60_000

/** @throws Error with the server's last words when it does not start, or when another server works in the folder. */
export async function startEmbeddedPostgres(settings: EmbeddedPostgresSettings): Promise<EmbeddedPostgres> {
  const say = settings.say ?? (() => undefined)
  const place = placeFor(settings.dataFolder, findPostgresBinaries(), say)
  const durable = settings.durable ?? true
  const password = await layOut(place, durable)
  await ensureUnattended(place.dataFolder)
  let port = settings.port ?? (await freePort())
  for (let attempt = 1; ; attempt++) {
    const server = launchServer(place, port, durable)
    try {
      await untilReady(server, place.dataFolder)
      return runningPostgres(server, place.dataFolder, port, password)
    } catch (error) {
      const reason = error instanceof Error ? error.message : ''
      if (attempt === 5) throw error
      if (/could not create any TCP\/IP sockets|Address already in use/.test(reason)) {
        say(`port ${port} is in use, taking another for PostgreSQL`)
        port = await freePort()
      } else if (/pre-existing shared memory block/.test(reason)) {
        // The last child of a killed server is about to notice that it is alone.
        await pause(200)
      } else throw error
    }
  }
}

function runningPostgres(server: ChildProcess, dataFolder: string, port: number, password: string): EmbeddedPostgres {
  const pid = server.pid as number
  const lastResort = () => sendSignal(pid, 'SIGINT')
  process.once('exit', lastResort)
  server.once('exit', () => process.removeListener('exit', lastResort))
  // The server must not keep a process alive that has nothing else to do.
  server.unref()
  const ended = async (name: NodeJS.Signals, children: readonly number[]) => {
    sendSignal(pid, name)
    for (const child of children) sendSignal(child, name)
    await untilGone([pid, ...children], stopsWithinMs)
  }
  return {
    url: `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
    port,
    dataFolder,
    pid,
    stop: () => ended('SIGINT', []),
    kill: () => ended('SIGKILL', childrenOf(pid)),
  }
}

function launchServer({ binaries, dataFolder, user }: PostgresPlace, port: number, durable: boolean): ChildProcess {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: '256MB',
    max_connections: 200,
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    jit: 'off',
    timezone: 'UTC',
    // Values of rows, hence names and phone numbers, stay out of the log.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const log = openSync(`${dataFolder}.log`, 'w', 0o600)
  const server = spawn(
    binaries.postgres,
    ['-D', dataFolder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    // A group of its own: Ctrl-C is for us, and we stop the server when those who use it have finished.
    {
      ...user,
      cwd: dataFolder,
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...withoutPgVariables(process.env), LC_ALL: 'C' },
    },
  )
  closeSync(log)
  if (server.pid) server.once('exit', watchOver(server.pid))
  return server
}

async function untilReady(server: ChildProcess, dataFolder: string): Promise<void> {
  let failure: string | undefined
  server.once('error', (error) => (failure = error.message))
  server.once('exit', () => (failure ??= lastWords(dataFolder)))
  const patience = Date.now() + startsWithinMs
  for (;;) {
    if (failure !== undefined) throw new Error(`PostgreSQL did not start: ${failure}`)
    const lines = postmasterFile(dataFolder)
    if (server.pid && Number(lines[0]) === server.pid && lines[7]?.trim() === 'ready') return
    if (Date.now() > patience) {
      sendSignal(server.pid as number, 'SIGKILL')
      throw new Error(`PostgreSQL was not ready after ${startsWithinMs / 1000} s: ${lastWords(dataFolder)}`)
    }
    await pause(15)
  }
}

/** The server of a process that was killed is on its way out (its watcher saw to that); a stale pid file is of no meaning. */
async function ensureUnattended(dataFolder: string): Promise<void> {
  const pid = Number(postmasterFile(dataFolder)[0])
  if (!Number.isInteger(pid) || pid <= 0) return
  const patience = Date.now() + 15_000
  while (servesFolder(pid, dataFolder) && Date.now() < patience) await pause(25)
  if (servesFolder(pid, dataFolder)) {
    throw new Error(
      `Another PostgreSQL (process ${pid}) works in ${dataFolder}: is the program running already? Stop it first.`,
    )
  }
  rmSync(join(dataFolder, 'postmaster.pid'), { force: true })
}

function postmasterFile(dataFolder: string): string[] {
  try {
    return readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

function lastWords(dataFolder: string): string {
  try {
    return readFileSync(`${dataFolder}.log`, 'utf8').trim().split('\n').slice(-5).join('\n') || 'it said nothing'
  } catch {
    // The folder may be gone by the time that a stopped server is heard of.
    return 'it left no log'
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
