import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Client } from 'pg'
import { ACCESS_MIGRATIONS } from '#access'
import { EVENT_STORE_MIGRATIONS, migrate, openDatabase } from '#event-store'
import { LEDGER_MIGRATIONS } from '#ledgers'
import { READ_MODEL_MIGRATIONS } from '#read-models'
import { startEmbeddedPostgres } from '../../apps/standalone/src/postgres'

export const ALL_MIGRATIONS = [
  ...EVENT_STORE_MIGRATIONS,
  ...LEDGER_MIGRATIONS,
  ...ACCESS_MIGRATIONS,
  ...READ_MODEL_MIGRATIONS,
]

/** The PostgreSQL of one run of the benchmark, with databases that come and go. */
export interface BenchServer {
  /** A new database with every library's tables. */
  migrated(): Promise<BenchDatabase>
  /** A copy of one to which nobody is connected. */
  copyOf(original: BenchDatabase): Promise<BenchDatabase>
  stop(): Promise<void>
}

export interface BenchDatabase {
  readonly url: string
  readonly name: string
  drop(): Promise<void>
}

/** DATABASE_URL where it is set, else a server of our own with every promise of durability kept. */
export async function openServer(): Promise<BenchServer> {
  const given = process.env['DATABASE_URL']
  if (given !== undefined && given !== '') return serverAt(given, () => Promise.resolve())
  const folder = mkdtempSync(join(tmpdir(), 'shouhou-bench-'))
  const server = await startEmbeddedPostgres({ dataFolder: join(folder, 'data'), durable: true })
  return serverAt(server.url, async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
    // Elsewhere, where the database's user cannot reach ours.
    rmSync(dirname(server.dataFolder), { recursive: true, force: true })
  })
}

function serverAt(url: string, stop: () => Promise<void>): BenchServer {
  const made = new Set<string>()
  const say = (sql: string): Promise<unknown> => withClient(url, (client) => client.query(sql))
  const create = async (rest: string): Promise<BenchDatabase> => {
    const name = `bench_${randomBytes(6).toString('hex')}`
    await say(`CREATE DATABASE ${name} ${rest}`)
    made.add(name)
    const drop = async (): Promise<void> => {
      if (made.delete(name)) await say(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    }
    return { url: urlOf(url, name), name, drop }
  }
  return {
    async migrated() {
      const fresh = await create('')
      const database = await openDatabase({ url: fresh.url, pool: 2, migrations: ALL_MIGRATIONS })
      await migrate(database)
      await database.destroy()
      return fresh
    },
    // Copying files begins and ends with a checkpoint: every measurement starts from a server at rest.
    copyOf: ({ name }) => create(`TEMPLATE ${name} STRATEGY FILE_COPY`),
    async stop() {
      for (const name of made) await say(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`).catch(() => undefined)
      await stop()
    },
  }
}

function urlOf(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}

export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Makes statistics and files what they are after a while of ordinary use. */
export const settle = (url: string): Promise<unknown> =>
  withClient(url, async (client) => {
    await client.query('VACUUM ANALYZE')
    await client.query('CHECKPOINT')
  })

/** The columns of a table's primary key, in its order. */
export async function keyOf(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT a.attname AS name FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k(number, place), pg_attribute a
     WHERE i.indrelid = $1::regclass AND i.indisprimary AND a.attrelid = i.indrelid AND a.attnum = k.number ORDER BY k.place`,
    [table],
  )
  return rows.map(({ name }) => name)
}
