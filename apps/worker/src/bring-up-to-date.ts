import type { DataSource } from 'typeorm'
import { ACCESS_MIGRATIONS, ACCESS_TABLES } from '#access'
import { ANALYTICS_MIGRATIONS, ANALYTICS_TABLES } from '#analytics'
import type { SecureOptions } from '#event-store'
import { EVENT_STORE_MIGRATIONS, EVENT_STORE_TABLES, migrate, secureTables } from '#event-store'
import { LEDGER_MIGRATIONS, LEDGER_TABLES } from '#ledgers'
import { MESSAGING_MIGRATIONS, MESSAGING_TABLES } from '#messaging'
import { READ_MODEL_MIGRATIONS, READ_MODEL_TABLES } from '#read-models'
import { TEAMWORK_MIGRATIONS, TEAMWORK_TABLES } from '#teamwork'

/** The migrations of every library, in the order of their dependencies. */
export const ALL_MIGRATIONS = [
  ...EVENT_STORE_MIGRATIONS,
  ...LEDGER_MIGRATIONS,
  ...ACCESS_MIGRATIONS,
  ...READ_MODEL_MIGRATIONS,
  ...ANALYTICS_MIGRATIONS,
  ...MESSAGING_MIGRATIONS,
  ...TEAMWORK_MIGRATIONS,
]

/** Which role may do what with each table. */
export const ALL_TABLES = {
  ...EVENT_STORE_TABLES,
  ...LEDGER_TABLES,
  ...ACCESS_TABLES,
  ...READ_MODEL_TABLES,
  ...ANALYTICS_TABLES,
  ...MESSAGING_TABLES,
  ...TEAMWORK_TABLES,
}

/**
 * Migrates and secures all tables, as the owner. Every maintenance command does this first, so that a new table has row-level
 * security before a process uses it. @returns the prefix of the roles; `undefined`: they are missing and cannot be created
 */
export async function bringUpToDate(database: DataSource, options: SecureOptions = {}): Promise<string | undefined> {
  const { report = () => undefined } = options
  await migrate(database, { report })
  return secureTables(database, ALL_TABLES, options)
}
