/** The migrated database that fresh ones are cloned from; the first test of a run that needs one creates it. */
import { Client } from 'pg'
import type * as Migrations from './migrations'
import { runStatement, databaseUrl } from './server'

const LOCK = 7_340_400

/**
 * @param name one for each run, chosen by the global set-up
 * @throws Error of the migration that failed; the next test tries again
 */
export async function ensureTemplate(server: string, name: string): Promise<void> {
  const client = new Client({ connectionString: server })
  await client.connect()
  try {
    if (await isReady(client, name)) return
    // Two test files may need it at once: one creates it, the other waits.
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    if (await isReady(client, name)) return
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await client.query(`CREATE DATABASE ${name}`)
    // Loaded lazily: tests without migrated tables do not pay for the libraries.
    const { migrateAll } = require('./migrations') as typeof Migrations
    await migrateAll(databaseUrl(server, name))
    await client.query(`ALTER DATABASE ${name} IS_TEMPLATE true`)
  } finally {
    await client.end()
  }
}

export async function dropTemplate(server: string, name: string): Promise<void> {
  const client = new Client({ connectionString: server })
  await client.connect()
  try {
    if (await isReady(client, name)) await client.query(`ALTER DATABASE ${name} IS_TEMPLATE false`)
  } finally {
    await client.end()
  }
  await runStatement(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
}

async function isReady(client: Client, name: string): Promise<boolean> {
  const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate', [name])
  return found.rowCount === 1
}
