/** The PostgreSQL of this test run. */
import { Client } from 'pg'

/** @throws Error where the name of the test's file does not declare that it needs a PostgreSQL */
export function testServerUrl(): string {
  const url = process.env['TEST_DATABASE_URL']
  if (!url)
    throw new Error(
      'No PostgreSQL for this test: name the file *.int.spec.ts or *.journey.spec.ts, or set TEST_DATABASE_URL.',
    )
  return url
}

export function databaseUrl(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}

export async function runStatement(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
