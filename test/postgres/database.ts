/** A database of its own for every test file: cloned from the migrated template, gone afterwards. */
import { randomBytes } from 'node:crypto'
import { testServerUrl, runStatement, databaseUrl } from './server'
import { ensureTemplate } from './template'

/** As `PROCESS_ROLES` has them; that module is not loaded by tests that need no tables. */
const ROLES = ['gateway', 'worker', 'console', 'analytics']

export interface FreshDatabase {
  readonly url: string
  /** Disconnects remaining clients. */
  drop(): Promise<void>
}

/**
 * A new database on the server of this test run, with every library's tables.
 * @param migrated false: an empty one, for tests of the migrations themselves
 */
export async function freshDatabase({ migrated = true }: { migrated?: boolean } = {}): Promise<FreshDatabase> {
  const server = testServerUrl()
  const template = process.env['TEST_TEMPLATE_DATABASE'] ?? 'shouhou_test_template'
  if (migrated) await ensureTemplate(server, template)
  const name = `t_${randomBytes(8).toString('hex')}`
  await runStatement(server, `CREATE DATABASE ${name}${migrated ? ` TEMPLATE ${template}` : ''}`)
  return {
    url: databaseUrl(server, name),
    async drop() {
      await runStatement(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      // A process that migrated it has made roles of its name; they belong to the server.
      if (!migrated)
        await runStatement(server, `DROP ROLE IF EXISTS ${ROLES.map((role) => `${name}_${role}`).join(', ')}`)
    },
  }
}
