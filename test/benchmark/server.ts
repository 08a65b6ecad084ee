import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Client } from 'pg'
import { ACCESS_MIGRATIONS } from '#access'
import { ANALYTICS_MIGRATIONS } from '#analytics'
import { EVENT_STORE_MIGRATIONS, migrate, openDatabase } from '#event-store'
import { LEDGER_MIGRATIONS } from '#ledgers'
import { READ_MODEL_MIGRATIONS } from '#read-models'
import { TEAMWORK_MIGRATIONS } from '#teamwork'
import { startEmbeddedPostgres } from '../../apps/standalone/src/postgres'

export const ALL_MIGRATIONS = [
  ...EVENT_STORE_MIGRATIONS,
  ...LEDGER_MIGRATIONS,
  ...ACCESS_MIGRATIONS,
  ...READ_MODEL_MIGRATIONS,
  ...ANALYTICS_MIGRATIONS,
  ...TEAMWORK_MIGRATIONS,
]

/** The PostgreSQL server of one benchmark run; creates and drops databases. */
export interface BenchServer {
  /** A new database with every library's tables. */
  migrated(): Promise<BenchDatabase>
  /** A copy of a database without open connections. */
  copyOf(original: BenchDatabase): Promise<BenchDatabase>
  stop(): Promise<void>
}

export interface BenchDatabase {
  readonly url: string
  readonly name: string
  drop(): Promise<void>
}

/** The server of DATABASE_URL if set, otherwise an embedded one with full durability (fsync, synchronous commit). */
export async function openServer(): Promise<BenchServer> {
  const configured = process.env['DATABASE_URL']
  if (configured !== undefined && configured !== '') return serverAt(configured, () => Promise.resolve())
  const folder = mkdtempSync(join(tmpdir(), 'shouhou-bench-'))
  const server = await startEmbeddedPostgres({ dataFolder: join(folder, 'data'), durable: true })
  return serverAt(server.url, async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
    // As root the data folder is in another place, which the user `postgres` can reach.
    rmSync(dirname(server.dataFolder), { recursive: true, force: true })
  })
}

function serverAt(url: string, stop: () => Promise<void>): BenchServer {
  const databaseNames = new Set<string>()
  const execute = (sql: string): Promise<unknown> => withClient(url, (client) => client.query(sql))
  const create = async (options: string): Promise<BenchDatabase> => {
    const name = `bench_${randomBytes(6).toString('hex')}`
    await execute(`CREATE DATABASE ${name} ${options}`)
    databaseNames.add(name)
    const drop = async (): Promise<void> => {
      if (databaseNames.delete(name)) await execute(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    }
    return { url: databaseUrl(url, name), name, drop }
  }
  return {
    async migrated() {
      const fresh = await create('')
      const database = await openDatabase({ url: fresh.url, pool: 2, migrations: ALL_MIGRATIONS })
      await migrate(database)
      await database.destroy()
      return fresh
    },
    // FILE_COPY begins and ends with a checkpoint, so every measurement starts from a server at rest.
    copyOf: ({ name }) => create(`TEMPLATE ${name} STRATEGY FILE_COPY`),
    async stop() {
      for (const name of databaseNames)
        await execute(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`).catch(() => undefined)
      await stop()
    },
  }
}

function databaseUrl(server: string, database: string): string {
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

/** Updates statistics and writes a checkpoint, as a database in ordinary use has them. */
export const vacuumAndCheckpoint = (url: string): Promise<unknown> =>
  withClient(url, async (client) => {
    await client.query('VACUUM ANALYZE')
    await client.query('CHECKPOINT')
  })

/** The columns of a table's primary key, in key order. */
export async function primaryKeyOf(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT a.attname AS name FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k(number, place), pg_attribute a
     WHERE i.indrelid = $1::regclass AND i.indisprimary AND a.attrelid = i.indrelid AND a.attnum = k.number ORDER BY k.place`,
    [table],
  )
  return rows.map(({ name }) => name)
}
