/** Migrates a new database to the current schema: every library's migrations, in the order of their numbers. */
import { ACCESS_MIGRATIONS, ACCESS_TABLES } from '#access'
import { ANALYTICS_MIGRATIONS, ANALYTICS_TABLES } from '#analytics'
import { EVENT_STORE_MIGRATIONS, EVENT_STORE_TABLES, migrate, openDatabase, secureTables } from '#event-store'
import { LEDGER_MIGRATIONS, LEDGER_TABLES } from '#ledgers'
import { MESSAGING_MIGRATIONS, MESSAGING_TABLES } from '#messaging'
import { READ_MODEL_MIGRATIONS, READ_MODEL_TABLES } from '#read-models'
import { TEAMWORK_MIGRATIONS, TEAMWORK_TABLES } from '#teamwork'
import { TEST_ROLES } from './test-roles'

export const ALL_TABLES = {
  ...EVENT_STORE_TABLES,
  ...LEDGER_TABLES,
  ...ACCESS_TABLES,
  ...READ_MODEL_TABLES,
  ...ANALYTICS_TABLES,
  ...MESSAGING_TABLES,
  ...TEAMWORK_TABLES,
}

export async function migrateAll(url: string): Promise<void> {
  const migrations = [
    ...EVENT_STORE_MIGRATIONS,
    ...LEDGER_MIGRATIONS,
    ...ACCESS_MIGRATIONS,
    ...READ_MODEL_MIGRATIONS,
    ...ANALYTICS_MIGRATIONS,
    ...MESSAGING_MIGRATIONS,
    ...TEAMWORK_MIGRATIONS,
  ]
  const database = await openDatabase({ url, pool: 2, migrations })
  try {
    await migrate(database)
    await secureTables(database, ALL_TABLES, { prefix: TEST_ROLES })
  } finally {
    await database.destroy()
  }
}
