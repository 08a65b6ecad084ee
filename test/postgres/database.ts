/** A database of its own for every test file: cloned from the migrated template, gone afterwards. */
import { randomBytes } from 'node:crypto'
import { Client } from 'pg'

export interface FreshDatabase {
  readonly url: string
  /** Disconnects whoever is still there. */
  drop(): Promise<void>
}

/**
 * A new database on the server of this test run (TEST_DATABASE_URL, which the global set-up sees to).
 * @param migrated false: an empty one, for tests of the migrations themselves
 */
export async function freshDatabase({ migrated = true }: { migrated?: boolean } = {}): Promise<FreshDatabase> {
  const server = serverUrl()
  const template = migrated ? process.env['TEST_TEMPLATE_DATABASE'] : undefined
  const name = `t_${randomBytes(8).toString('hex')}`
  await statement(server, `CREATE DATABASE ${name}${template ? ` TEMPLATE ${template}` : ''}`)
  return {
    url: urlOf(server, name),
    drop: () => statement(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  }
}

export function urlOf(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}

export async function statement(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

function serverUrl(): string {
  const url = process.env['TEST_DATABASE_URL']
  if (!url)
    throw new Error(
      'No PostgreSQL for this test: name the file *.int.spec.ts or *.journey.spec.ts, or set TEST_DATABASE_URL.',
    )
  return url
}
