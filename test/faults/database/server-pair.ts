import { execFileSync } from 'node:child_process'
import {
  type EmbeddedPostgres,
  childrenOf,
  sendSignal,
  startEmbeddedPostgres,
} from '../../../apps/standalone/src/postgres'
import { chownSync, copyFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import pg from 'pg'
import type { FixedAddress } from './fixed-address'
import { openFixedAddress } from './fixed-address'
import { waitUntil } from '../../processes/wait-until'
import { freePort } from '../../processes/real-process'

/** A PostgreSQL with a synchronous standby behind one address: a commit succeeds only when the standby has it. */
export interface ServerPair {
  /** URL of the address; it stays the same whichever server is the primary. */
  readonly url: string
  readonly primary: EmbeddedPostgres
  /** Kills all processes of the primary, as a power cut would. The address still points to it. */
  killPrimary(): Promise<void>
  /** Suspends the primary: connections stay open, nothing is answered. Returns a function that resumes it. */
  suspendPrimary(): () => void
  /** Promotes the standby and points the address to it, as a failover manager would. Returns the former primary. */
  promote(): Promise<EmbeddedPostgres>
  /** Adds a standby from a copy of the primary's folder, because there is no pg_basebackup here; the primary is down for it. */
  addStandby(): Promise<void>
  close(): Promise<void>
}

export async function openServerPair(folder: string): Promise<ServerPair> {
  let standbyCount = 0
  const running: EmbeddedPostgres[] = []
  let primary = await startEmbeddedPostgres({ dataFolder: join(folder, 'server-0'), port: await freePort() })
  let standby: EmbeddedPostgres | undefined
  running.push(primary)
  const address: FixedAddress = await openFixedAddress(primary.port)
  const url = new URL(primary.url)
  url.port = String(address.port)
  const killed = new Set<EmbeddedPostgres>()

  async function addStandby(): Promise<void> {
    const { dataFolder, port } = primary
    const name = `server-${++standbyCount}`
    const copy = join(dirname(dataFolder), name)
    await primary.stop()
    // Including the owners: when run as root, the server belongs to another user.
    execFileSync('cp', ['-a', dataFolder, copy])
    copyFileSync(`${dataFolder}.password`, `${copy}.password`)
    configure(dataFolder, `synchronous_standby_names = '*'\n`)
    const { password } = new URL(primary.url)
    configure(copy, `primary_conninfo = 'host=127.0.0.1 port=${port} user=postgres password=${password}'\n`)
    writeOwnedFile(copy, 'standby.signal', '')
    running.splice(running.indexOf(primary), 1)
    primary = await startEmbeddedPostgres({ dataFolder, port })
    standby = await startEmbeddedPostgres({ dataFolder: copy, port: await freePort() })
    running.push(primary, standby)
    await waitUntil('the standby keeps up', () => hasStandby(primary.url), 60_000)
  }

  await addStandby()
  return {
    url: url.href,
    get primary() {
      return primary
    },
    async killPrimary() {
      killed.add(primary)
      await primary.kill()
    },
    suspendPrimary() {
      const stopped = [primary.pid, ...childrenOf(primary.pid)]
      for (const pid of stopped) sendSignal(pid, 'SIGSTOP')
      return () => {
        for (const pid of stopped) sendSignal(pid, 'SIGCONT')
      }
    },
    async promote() {
      if (standby === undefined) throw new Error('there is no standby')
      const former = primary
      await countAnswerRows(standby.url, 'SELECT pg_promote()')
      ;[primary, standby] = [standby, undefined]
      address.pointTo(primary.port)
      return former
    },
    addStandby,
    async close() {
      await address.close()
      for (const server of running) {
        if (!killed.has(server)) await server.kill()
        for (const end of ['', '.password', '.log'])
          rmSync(`${server.dataFolder}${end}`, { recursive: true, force: true })
      }
    },
  }
}

/** Replaces the settings that the folder had in its former role. */
const configure = (dataFolder: string, lines: string): void => writeOwnedFile(dataFolder, 'postgresql.auto.conf', lines)

function writeOwnedFile(dataFolder: string, name: string, text: string): void {
  const { uid, gid } = statSync(dataFolder)
  writeFileSync(join(dataFolder, name), text, { mode: 0o600 })
  chownSync(join(dataFolder, name), uid, gid)
}

const hasStandby = async (url: string): Promise<boolean> =>
  (await countAnswerRows(url, `SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'`)) > 0

/** Number of rows in the answer. */
export async function countAnswerRows(url: string, sql: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(sql)).rows.length
  } finally {
    await client.end()
  }
}
