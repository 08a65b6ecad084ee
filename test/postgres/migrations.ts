/** Migrates a new database to the current schema: every library's migrations, in the order of their numbers. */
import { ACCESS_MIGRATIONS } from '#access'
import { EVENT_STORE_MIGRATIONS, migrate, openDatabase } from '#event-store'
import { LEDGER_MIGRATIONS } from '#ledgers'
import { MESSAGING_MIGRATIONS } from '#messaging'
import { READ_MODEL_MIGRATIONS } from '#read-models'

export async function migrateAll(url: string): Promise<void> {
  const migrations = [
    ...EVENT_STORE_MIGRATIONS,
    ...LEDGER_MIGRATIONS,
    ...ACCESS_MIGRATIONS,
    ...READ_MODEL_MIGRATIONS,
    ...MESSAGING_MIGRATIONS,
  ]
  const database = await openDatabase({ url, pool: 2, migrations })
  try {
    await migrate(database)
  } finally {
    await database.destroy()
  }
}
